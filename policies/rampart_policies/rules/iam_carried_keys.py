"""iam-carried-keys: no statement tests a condition that an action of it does not send.

Why: a test of an absent key is never true, so the action is denied although the policy names it,
and a deny with it never applies.

Remedy: move the action to a statement without the condition, and narrow its `Resource` instead.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.carried_keys import dead_tests
from rampart_policies.iam.document import document_statements, statements
from rampart_policies.iam.grants import IDENTITY_POLICIES
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(policy: Resource, graph: Graph) -> Findings:
    """Read its documents, a permissions boundary's too; they name actions that lack a key."""
    del graph
    documents = [
        *document_statements(policy.value("policy"), "policy"),
        *(one for block in policy.blocks("inlinePolicies") for one in statements(block, "policy")),
    ]
    if not documents:
        raise NotApplicableError
    for dead in dead_tests(tuple(documents)):
        label, effect = dead.statement.label, "allows" if dead.statement.allows else "denies"
        yield f"statement {label} never {effect} {dead.action}: it sends no {dead.key}"


RULE = stack_rule(__doc__, check, on=IDENTITY_POLICIES, severity=Severity.HIGH)
