from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

TCP = {"protocol": "tcp", "fromPort": 22, "toPort": 22}
WORLD = {"cidrBlock": "0.0.0.0/0"}


def entry(number: int, action: str = "allow", **inputs: Any) -> dict[str, Any]:  # noqa: ANN401  # wire values are any JSON
    return {"ruleNo": number, "action": action, **TCP, **inputs}


def acl(*entries: dict[str, Any], kind: str = aws.NETWORK_ACL) -> Made:
    return made(kind, "acl", ingress=[*entries])


def beside(action: str = "allow", acl_id: str = "elsewhere", **inputs: Any) -> Made:  # noqa: ANN401  # as above
    return made(
        aws.NETWORK_ACL_RULE,
        "entry",
        networkAclId=acl_id,
        ruleNumber=90,
        ruleAction=action,
        **{**TCP, **inputs},
    )


EVERYTHING = entry(100, protocol="-1", fromPort=0, toPort=0, **WORLD)

FIXTURE = Fixture(
    holds={
        "nothing": acl(),
        "from inside": acl(entry(100, cidrBlock="10.0.0.0/8")),
        "web only": acl(entry(100, fromPort=443, toPort=443, **WORLD)),
        "denied": acl(entry(100, "deny", **WORLD)),
        "denied before the rest is allowed": acl(
            entry(90, "deny", fromPort=20, toPort=22, **WORLD),
            entry(91, "deny", fromPort=3389, toPort=3389, **WORLD),
            EVERYTHING,
        ),
        "denied before, though listed after": acl(
            EVERYTHING,
            entry(90, "deny", fromPort=20, toPort=22, **WORLD),
            entry(91, "deny", fromPort=3389, toPort=3389, **WORLD),
        ),
        "UDP": acl(entry(100, protocol="17", fromPort=0, toPort=65535, **WORLD)),
        "ping": acl(entry(100, protocol="1", fromPort=0, toPort=0, **WORLD)),
        "an entry beside, from inside": beside(cidrBlock="10.0.0.0/8"),
    },
    breaks={
        "SSH": acl(entry(100, **WORLD)),
        "by the protocol's number": acl(entry(100, protocol="6", **WORLD)),
        "by IPv6": acl(entry(100, ipv6CidrBlock="::/0")),
        "everything": acl(EVERYTHING),
        "in a wide range": acl(entry(100, fromPort=1024, toPort=65535, **WORLD)),
        "denied too late": acl(entry(110, "deny", **WORLD), EVERYTHING),
        "the default ACL": acl(EVERYTHING, kind=aws.DEFAULT_NETWORK_ACL),
        "an entry of an ACL elsewhere": beside(**WORLD),
        "an entry beside": [acl(), beside(acl_id="acl", **WORLD)],
    },
    not_applicable={"outgoing": beside(egress=True, **WORLD)},
    mutation=put("ingress", [EVERYTHING]),
)
