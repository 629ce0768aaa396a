from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

HTTPS = {"protocol": "tcp", "fromPort": 443, "toPort": 443}
PARTNERS = made(aws.PREFIX_LIST, "partners", entries=[{"cidr": "10.0.0.0/8"}])
EVERYONE = made(aws.PREFIX_LIST, "everyone", entries=[{"cidr": "0.0.0.0/0"}])
FILLED = made(aws.PREFIX_LIST, "filled")
FILLING = made(aws.PREFIX_LIST_ENTRY, "filling", prefixListId=FILLED.id, cidr="::/0")


def group(direction: str, *lists: Made, **rule: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    ids = [one.id for one in lists]
    return made(aws.SECURITY_GROUP, **{direction: [{**HTTPS, **rule, "prefixListIds": ids}]})


def beside(kind: str, prefix_list: Made, **rule: Any) -> Made:  # noqa: ANN401  # as above
    return made(
        kind,
        **{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, **rule},
        prefixListId=prefix_list.id,
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let a list that holds everything in."""
    rule = {**HTTPS, "prefixListIds": [EVERYONE.id], "description": "Everyone"}
    judged["inputs"]["ingress"] = [rule]
    return [*resources, EVERYONE]


FIXTURE = Fixture(
    holds={
        "partners": [PARTNERS, group("ingress", PARTNERS)],
        "partners, beside": [PARTNERS, beside(aws.SECURITY_GROUP_INGRESS_RULE, PARTNERS)],
        "out to everything by one port": [EVERYONE, group("egress", EVERYONE)],
        "a list of AWS": made(aws.SECURITY_GROUP, egress=[{**HTTPS, "prefixListIds": ["pl-1"]}]),
        "no list": made(aws.SECURITY_GROUP),
    },
    breaks={
        "in a group": [EVERYONE, group("ingress", EVERYONE)],
        "among others": [EVERYONE, PARTNERS, group("ingress", PARTNERS, EVERYONE)],
        "an entry beside the list": [FILLED, FILLING, group("ingress", FILLED)],
        "beside a group": [EVERYONE, beside(aws.SECURITY_GROUP_INGRESS_RULE, EVERYONE)],
        "beside a group, older": [
            EVERYONE,
            made(aws.SECURITY_GROUP_RULE, type="ingress", **HTTPS, prefixListIds=[EVERYONE.id]),
        ],
        "in the default group": [
            EVERYONE,
            made(aws.DEFAULT_SECURITY_GROUP, ingress=[{**HTTPS, "prefixListIds": [EVERYONE.id]}]),
        ],
        "out by every port": [EVERYONE, group("egress", EVERYONE, protocol="-1")],
        "out by every port, beside": [
            EVERYONE,
            beside(aws.SECURITY_GROUP_EGRESS_RULE, EVERYONE, ipProtocol="-1"),
        ],
    },
    mutation=change,
)
