"""data-class-key: what holds confidential or personal data is under a customer managed key.

Why: whatever a profile asks of other stores, of these the key is what can be taken away.

Remedy: encrypt the store with the customer managed key.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.stores import SENSITIVE, STORES, data_class, has_customer_key
from rampart_policies.values import NotApplicableError


def check(store: Resource, graph: Graph) -> Findings:
    """Ask for a key of stores whose tag says so; data-class-tag asks for the tag."""
    given = data_class(store)
    if given not in SENSITIVE:
        raise NotApplicableError
    if not has_customer_key(store, graph):
        yield f"{given} data without a customer managed key: access cannot be revoked"


RULE = stack_rule(
    __doc__,
    check,
    on=STORES,
    severity=Severity.HIGH,
    house=True,
    covers=("Every store holding document data carries the data-class tag, CMK and deletion path",),
)
