"""lambda-layer-public: who may use a layer, or sign code with a profile, is named.

Why: a layer open to everyone gives its code away; a profile open to everyone signs theirs.

Remedy: set `principal` to an account; for a whole organisation set `organizationId` as well.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import open_to_the_world
from rampart_policies.iam.spelled_out import spelled_out
from rampart_policies.rule import Findings, Severity, resource_rule


def check(permission: Resource) -> Findings:
    """Read the permission as the resource policy statement it becomes."""
    if any(True for _ in open_to_the_world([spelled_out(permission)])):
        yield "principal is *: every AWS account may use it"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.LAMBDA_LAYER_PERMISSION, aws.SIGNING_PERMISSION),
    severity=Severity.HIGH,
)
