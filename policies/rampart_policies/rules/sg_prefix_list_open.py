"""sg-prefix-list-open: no prefix list in a security group holds the whole internet.

Why: the rule shows a name instead of `0.0.0.0/0`, and opens the same to the same scanners.

Remedy: take the range out of the `ManagedPrefixList`, and name who connects instead.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Setting, Severity, stack_rule
from rampart_policies.security_groups import GROUPS, RULES, listed_world


def check(resource: Resource, graph: Graph, *, open_ports: list[float]) -> Findings:
    """Look into the lists that this stack makes; those of AWS hold its services' ranges."""
    allowed = {(float(port), float(port)) for port in open_ports}
    for direction, opening, name in listed_world(resource, graph):
        if direction == "ingress" and opening.ports not in allowed:
            yield f"ingress from {name}, which holds everything, to {opening.span}"
        if direction == "egress" and not opening.one_port:
            yield f"egress to {name}, which holds everything, on {opening.span}"


RULE = stack_rule(
    __doc__,
    check,
    on=(*GROUPS, *RULES),
    severity=Severity.CRITICAL,
    covers=("EC2.18", "EC2.19"),
    settings={"open_ports": Setting([], "ports that anyone may reach")},
)
