from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

WORLD = ["0.0.0.0/0"]
EVERYTHING = {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": WORLD}


def beside(**rule: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.SECURITY_GROUP_EGRESS_RULE, **rule)


FIXTURE = Fixture(
    holds={
        "no rule": made(aws.SECURITY_GROUP),
        "one port": beside(ipProtocol="tcp", fromPort=443, toPort=443, cidrIpv4="0.0.0.0/0"),
        "one port, by the protocol's number": beside(
            ipProtocol="6", fromPort=443, toPort=443, cidrIpv4="0.0.0.0/0"
        ),
        "everything inside": beside(ipProtocol="-1", cidrIpv4="10.0.0.0/8"),
        "inwards": made(aws.SECURITY_GROUP_RULE, type="ingress", protocol="-1", cidrBlocks=WORLD),
    },
    breaks={
        "as by default": made(aws.SECURITY_GROUP, egress=[EVERYTHING]),
        "in the default group": made(aws.DEFAULT_SECURITY_GROUP, egress=[EVERYTHING]),
        "beside a group": beside(ipProtocol="-1", cidrIpv4="0.0.0.0/0"),
        "by IPv6": beside(ipProtocol="-1", cidrIpv6="::/0"),
        "a protocol without ports": beside(
            ipProtocol="47", fromPort=443, toPort=443, cidrIpv4="0.0.0.0/0"
        ),
        "every protocol, as a number": beside(
            ipProtocol=-1.0, fromPort=443, toPort=443, cidrIpv4="0.0.0.0/0"
        ),
        "many ports by number": beside(ipProtocol="6", fromPort=0, toPort=9, cidrIpv4="0.0.0.0/0"),
        "many ports": beside(ipProtocol="tcp", fromPort=0, toPort=65535, cidrIpv4="0.0.0.0/1"),
        "older": made(aws.SECURITY_GROUP_RULE, **EVERYTHING, type="egress"),
    },
    undecided={"a protocol nobody knows": beside(ipProtocol="tpc", cidrIpv4="0.0.0.0/0")},
    mutation=put("egress", [EVERYTHING | {"description": "Anywhere"}]),
    also=("lambda-egress", "list-managed-twice"),
)
