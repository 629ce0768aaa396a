"""iam-wildcard-lists: what may be listed and described is named, too.

Why: names and settings of everything in the account show an intruder the next target.

Remedy: list the actions the code calls instead of `Describe*` or `List*`.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_by
from rampart_policies.iam.match import is_wildcard_action, only_lists
from rampart_policies.rule import Findings, Severity, stack_rule


def check(policy: Resource, graph: Graph) -> Findings:
    """Look for wildcards behind Describe and List; wider ones are another rule's subject."""
    for statement in granted_by(policy, graph):
        for action in statement.actions if statement.allows else ():
            if is_wildcard_action(action) and only_lists(action):
                yield f"statement {statement.label} allows {action}"


RULE = stack_rule(__doc__, check, on=IDENTITY_POLICIES, severity=Severity.LOW, house=True)
