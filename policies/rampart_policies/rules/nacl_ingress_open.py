"""nacl-ingress-open: no network ACL lets the whole internet in to administer machines.

Why: the ACL is the last line where a security group is opened by mistake; scanners try these
ports all day.

Remedy: deny ports 20, 21, 22 and 3389 from `0.0.0.0/0` and `::/0` in an entry with a lower number.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.network_acls import ACLS, open_to_world
from rampart_policies.rule import Findings, Setting, Severity, stack_rule


def check(resource: Resource, graph: Graph, *, closed_ports: list[float]) -> Findings:
    """Ask of each port which entry decides about it."""
    for port in closed_ports:
        if open_to_world(resource, port, graph):
            yield f"port {port:g} is open to everywhere: the subnets have no second line"


RULE = stack_rule(
    __doc__,
    check,
    on=(*ACLS, aws.NETWORK_ACL_RULE),
    severity=Severity.MEDIUM,
    covers=(*(f"CKV_AWS_{number}" for number in (229, 230, 231, 232, 352)), "EC2.21"),
    settings={"closed_ports": Setting([20, 21, 22, 3389], "ports closed to the internet")},
)
