"""iam-grant-targets: permissions name resources of their own stack.

Why: a grant on a resource that is not here is a left-over, a typing mistake, or access to
other data; a review cannot see which.

Remedy: take the ARN from the resource itself; list what another stack owns in `elsewhere`.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_by
from rampart_policies.iam.match import arn_matches, is_any_resource
from rampart_policies.inventory import inventory
from rampart_policies.rule import Findings, Setting, Severity, stack_rule

# API Gateway makes its execution log groups itself, named by the API's identifier.
BY_AWS = "arn:aws*:logs:*:*:log-group:API-Gateway-Execution-Logs_*"


def check(policy: Resource, graph: Graph, *, elsewhere: list[str]) -> Findings:
    """Look every granted ARN up; `*` is another rule's subject."""
    for statement in granted_by(policy, graph):
        for pattern in statement.resources if statement.allows else ():
            if is_any_resource(pattern) or any(arn_matches(one, pattern) for one in elsewhere):
                continue
            if not inventory(graph).has(pattern):
                yield f"statement {statement.label} grants {pattern}, which is not in this stack"


RULE = stack_rule(
    __doc__,
    check,
    on=IDENTITY_POLICIES,
    severity=Severity.MEDIUM,
    house=True,
    settings={"elsewhere": Setting([BY_AWS], "ARN patterns that others own")},
)
