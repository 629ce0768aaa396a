"""lambda-code-signing: zip functions only run code that a trusted profile has signed.

Why: without it, whoever may update a function's code decides what runs with its permissions.

Remedy: set `codeSigningConfigArn` to the ARN of a code-signing configuration.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(function: Resource) -> Findings:
    """Ask for a configuration; Lambda cannot verify images, ECR rules pin those."""
    if function.text("packageType") == "Image":
        raise NotApplicableError
    if not function.has("codeSigningConfigArn"):
        yield "codeSigningConfigArn is not set: unsigned code would run"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_272",),
)
