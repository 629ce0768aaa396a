"""sg-egress-open: no security group lets everything out to everywhere.

Why: compromised code sends data out on any open port; default rules allow them all.

Remedy: name one port and where it leads: a prefix list, a security group, or a range behind a
firewall that knows the names.
"""

from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.security_groups import GROUPS, RULES, openings


def check(resource: Resource) -> Findings:
    """Allow single ports; lambda-egress judges which function may leave at all."""
    for opening in openings(resource, "egress"):
        if opening.from_world and not opening.one_port:
            yield f"egress to everywhere on {opening.span}: data may leave by any of them"


RULE = resource_rule(
    __doc__,
    check,
    on=(*GROUPS, *RULES),
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_382",),
)
