"""iam-wildcard-resources: granted actions name the resources they may touch.

Why: on `*` an action touches everything of its kind in the account, other systems' included.

Remedy: name ARNs; `*` only for actions that AWS offers no narrower form for.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_in_part
from rampart_policies.iam.match import is_any_resource
from rampart_policies.iam.unscoped import LOG_WRITES, is_unscoped
from rampart_policies.rule import Findings, Severity, stack_rule


def check(policy: Resource, graph: Graph) -> Findings:
    """Allow `*` only where every action of the statement knows no resource, or adds to logs."""
    for statement in granted_in_part(policy, graph):
        named = (one for one in statement.actions if one.lower() not in LOG_WRITES)
        scoped = [action for action in named if not is_unscoped(action)]
        if scoped and any(is_any_resource(pattern) for pattern in statement.resources):
            yield f"statement {statement.label} allows {scoped[0]} on every resource"
        if statement.not_resources:
            yield f"statement {statement.label} allows every resource but its NotResource"


RULE = stack_rule(
    __doc__,
    check,
    on=IDENTITY_POLICIES,
    severity=Severity.HIGH,
    covers=(
        *(f"CKV_AWS_{number}" for number in (107, 108, 109, 111, 287, 288, 289, 290, 355, 356)),
        "IAM5",
    ),
)
