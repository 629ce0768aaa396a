"""sg-ingress-open: no security group lets the whole internet in.

Why: an open port is found by scanners within minutes; functions and endpoints need none.

Remedy: name the security group that connects, as the rule's source.
"""

from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Setting, Severity, resource_rule
from rampart_policies.security_groups import GROUPS, RULES, openings


def check(resource: Resource, *, open_ports: list[float]) -> Findings:
    """Look at the rules in a group, and at those beside it."""
    for opening in openings(resource, "ingress"):
        allowed = {(float(port), float(port)) for port in open_ports}
        if opening.from_world and opening.ports not in allowed:
            yield f"ingress from everywhere to {opening.span}: the internet is let in"


RULE = resource_rule(
    __doc__,
    check,
    on=(*GROUPS, *RULES),
    severity=Severity.CRITICAL,
    covers=(
        *("CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277"),
        *("EC23", "EC2.18", "EC2.19", "RDS8"),
    ),
    settings={"open_ports": Setting([], "ports that anyone may reach")},
)
