from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

HTTPS = {"protocol": "tcp", "fromPort": 443, "toPort": 443}
WORLD = ["0.0.0.0/0"]


def group(**rule: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.SECURITY_GROUP, ingress=[HTTPS | rule])


def beside(kind: str = aws.SECURITY_GROUP_INGRESS_RULE, **rule: Any) -> Made:  # noqa: ANN401  # as above
    return made(kind, **{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22} | rule)


FIXTURE = Fixture(
    holds={
        "no rule": made(aws.SECURITY_GROUP),
        "inside": group(cidrBlocks=["10.0.0.0/8"]),
        "from a group": beside(referencedSecurityGroupId="sg-1"),
        "outwards": beside(aws.SECURITY_GROUP_EGRESS_RULE, cidrIpv4="0.0.0.0/0"),
        "outwards, older": made(
            aws.SECURITY_GROUP_RULE, type="egress", protocol="-1", cidrBlocks=WORLD
        ),
    },
    breaks={
        "in a group": group(cidrBlocks=WORLD),
        "in the default group": made(
            aws.DEFAULT_SECURITY_GROUP, ingress=[HTTPS | {"cidrBlocks": WORLD}]
        ),
        "by IPv6": group(ipv6CidrBlocks=["::/0"]),
        "by one half": group(cidrBlocks=["128.0.0.0/1"]),
        "by the protocol's number": group(protocol="6", cidrBlocks=WORLD),
        "a protocol without ports": group(protocol="50", cidrBlocks=WORLD),
        "every port, as a number": group(protocol=-1, cidrBlocks=WORLD),
        "every port": group(protocol="-1", cidrBlocks=WORLD),
        "beside a group": beside(cidrIpv4="0.0.0.0/0"),
        "beside, by IPv6": beside(cidrIpv6="::/0"),
        "beside, older": made(
            aws.SECURITY_GROUP_RULE,
            type="ingress",
            protocol="tcp",
            fromPort=0,
            toPort=65535,
            cidrBlocks=WORLD,
        ),
    },
    mutation=put("ingress", [HTTPS | {"cidrBlocks": WORLD, "description": "Anyone"}]),
)
