"""iam-wildcard-actions: granted actions are named one by one.

Why: `s3:*` or `s3:Put*` also grants what the program never uses, and what AWS adds later.

Remedy: list the actions that the code calls.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_by
from rampart_policies.iam.match import is_wildcard_action, only_lists
from rampart_policies.rule import Findings, Severity, stack_rule


def check(policy: Resource, graph: Graph) -> Findings:
    """Look at what identities are granted; denies and permissions boundaries may be wide."""
    for statement in granted_by(policy, graph):
        if not statement.allows:
            continue
        for action in statement.actions:
            if is_wildcard_action(action) and not only_lists(action):
                yield f"statement {statement.label} allows {action}"
        if statement.not_actions:
            yield f"statement {statement.label} allows everything but its NotAction"


RULE = stack_rule(
    __doc__,
    check,
    on=IDENTITY_POLICIES,
    severity=Severity.CRITICAL,
    covers=(
        *("CKV_AWS_1", "CKV_AWS_49", "CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40"),
        *("IAM.1", "IAM.21", "Serverless-LambdaStarPermissions"),
    ),
)
