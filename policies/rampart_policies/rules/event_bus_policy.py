"""event-bus-policy: every bus of our own has a policy.

Why: without one, every identity of the account with `events:PutEvents` may publish to it; the bus
itself restricts none.

Remedy: add an `EventBusPolicy` that denies who is not meant to publish.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(bus: Resource, graph: Graph) -> Findings:
    """Look for a policy or a permission that names the bus."""
    kinds = (aws.EVENT_BUS_POLICY, aws.EVENT_BUS_PERMISSION)
    if not graph.referrers(bus, kinds, "eventBusName"):
        yield "no policy is attached: the bus itself restricts no publisher"


RULE = stack_rule(
    __doc__, check, on=aws.EVENT_BUS, severity=Severity.LOW, house=True, covers=("EventBridge.3",)
)
