"""iam-escalation: no identity can give itself more than it was given.

Why: a function that can rewrite policies or pass roles to new code is an administrator in waiting.

Remedy: take out one action of the named combination, or move it to a deployment role.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.powers import JUDGED, raised
from rampart_policies.rule import Findings, Severity, stack_rule


def check(holder: Resource, graph: Graph) -> Findings:
    """Add up all the stack grants to a role, user or group: denies, groups and boundary too."""
    yield from raised(holder, graph)


RULE = stack_rule(
    __doc__,
    check,
    on=JUDGED,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_110", "CKV_AWS_286"),
)
