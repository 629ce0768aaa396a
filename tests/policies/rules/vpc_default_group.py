from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import Made, made

NETWORK = made(aws.VPC, "network")
ITSELF = {"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}


def default_group(vpc: str = NETWORK.id, **rules: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.DEFAULT_SECURITY_GROUP, vpcId=vpc, **rules)


FIXTURE = Fixture(
    holds={"empty": [NETWORK, default_group()]},
    breaks={
        "untouched": NETWORK,
        "lets in": [NETWORK, default_group(ingress=[ITSELF])],
        "lets out": [NETWORK, default_group(egress=[ITSELF])],
        "lets in beside it": [
            NETWORK,
            default_group(),
            made(aws.SECURITY_GROUP_RULE, type="ingress", securityGroupId="one"),
        ],
        "lets out beside it": [
            NETWORK,
            default_group(),
            made(aws.SECURITY_GROUP_EGRESS_RULE, securityGroupId="one"),
        ],
        "another network's": [NETWORK, default_group("other")],
    },
    mutation=drop(aws.DEFAULT_SECURITY_GROUP),
)
