"""iam-escalation: no role can give itself more than it was given.

Why: a function that can rewrite policies or pass roles to new code is an administrator in waiting.

Remedy: take out one action of the named combination, or move it to a deployment role.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.escalation import escalations
from rampart_policies.iam.grants import granted_to
from rampart_policies.rule import Findings, Severity, stack_rule


def check(role: Resource, graph: Graph) -> Findings:
    """Add up everything the stack grants to the role, denies included."""
    for method in escalations(granted_to(role, graph)):
        yield f"{' with '.join(method)} lets it raise its own privileges"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.IAM_ROLE,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_110", "CKV_AWS_286"),
)
