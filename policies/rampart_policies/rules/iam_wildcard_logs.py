"""iam-wildcard-logs: a function writes to its own log group.

Why: on `arn:aws:logs:*:*:*` one function can fill, and fake, the logs of every other.

Remedy: name the log group's ARN with `:*` for its streams.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_by
from rampart_policies.iam.match import is_any_resource
from rampart_policies.iam.unscoped import LOG_WRITES
from rampart_policies.rule import Findings, Severity, stack_rule


def check(policy: Resource, graph: Graph) -> Findings:
    """Look at the three actions that add to logs; all others are another rule's subject."""
    for statement in granted_by(policy, graph):
        if not statement.allows:
            continue
        writes = [action for action in statement.actions if action.lower() in LOG_WRITES]
        if writes and any(is_any_resource(pattern) for pattern in statement.resources):
            yield f"statement {statement.label} allows {writes[0]} in every log group"


RULE = stack_rule(__doc__, check, on=IDENTITY_POLICIES, severity=Severity.LOW, house=True)
