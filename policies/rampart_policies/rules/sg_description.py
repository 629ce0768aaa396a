"""sg-description: every security group, and every rule of it, says what it is for.

Why: an unexplained rule is never removed.

Remedy: set `description` to who connects to what.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.security_groups import RULES

PROVIDERS_OWN = "Managed by Pulumi"


def check(resource: Resource) -> Findings:
    """Read the description of a group, of the rules inside it, or of a rule beside it."""
    if resource.text("description") in {None, PROVIDERS_OWN}:
        yield "description is not set: whether it is still needed cannot be reviewed"
    if resource.type == aws.SECURITY_GROUP:
        for direction in ("ingress", "egress"):
            for rule in resource.blocks(direction):
                if not rule.has("description"):
                    yield f"{rule.path} has no description: its purpose cannot be reviewed"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.SECURITY_GROUP, *RULES),
    severity=Severity.LOW,
    house=True,
    covers=("CKV_AWS_23", "EC27"),
)
