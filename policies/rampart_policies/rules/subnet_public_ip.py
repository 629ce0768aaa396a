"""subnet-public-ip: no subnet gives public addresses to what is started in it.

Why: an instance gets a public address by default, without a decision that it be reachable.

Remedy: leave `mapPublicIpOnLaunch` off; load balancers and NAT gateways bring their own.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(subnet: Resource) -> Findings:
    """Read the setting; a subnet made by a program has it off by default."""
    if subnet.flag("mapPublicIpOnLaunch"):
        yield "mapPublicIpOnLaunch is on: whatever starts here is on the internet"


def remediate(_: Resource) -> Patch:
    """Switch it off; machines that run already keep their addresses."""
    return {"mapPublicIpOnLaunch": False}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SUBNET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_130", "EC2.15"),
    remediate=remediate,
)
