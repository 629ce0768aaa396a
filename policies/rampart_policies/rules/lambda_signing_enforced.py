"""lambda-signing-enforced: a code-signing configuration refuses what is not signed.

Why: the default only warns, and Lambda then runs changed code and layers all the same.

Remedy: set `policies.untrustedArtifactOnDeployment` to `Enforce` and take layers from a signing
job, or from a version of an object in S3.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(config: Resource, graph: Graph) -> Findings:
    """Read the policy, then look where the layers of its functions come from."""
    action = config.text("policies.untrustedArtifactOnDeployment") or "Warn"
    if action != "Enforce":
        yield f"policies.untrustedArtifactOnDeployment is {action}: unsigned code still runs"
    for function in graph.every_referrer(config, aws.LAMBDA_FUNCTION, "codeSigningConfigArn"):
        for layer in graph.targets(function, "layers", aws.LAMBDA_LAYER):
            if not graph.targets(layer, "s3Key", aws.SIGNING_JOB) and not (
                layer.has("s3Bucket") and layer.has("s3ObjectVersion")
            ):
                yield f"layer {layer.name} of {function.name} is uploaded unsigned"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.CODE_SIGNING_CONFIG,
    severity=Severity.HIGH,
    covers=("Code-signing config is Enforce and every attached layer is signed",),
)
