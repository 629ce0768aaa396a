"""iam-escalation: no role can give itself more than it was given.

Why: a function that can rewrite policies or pass roles to new code is an administrator in waiting.

Remedy: take out one action of the named combination, or move it to a deployment role.
"""

from policies import aws
from policies.graph import Graph, Resource
from policies.iam.escalation import escalations
from policies.iam.grants import granted_to
from policies.rule import Findings, Severity, stack_rule


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
