from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def through_link(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(
        aws.HTTP_API_INTEGRATION, connectionType="VPC_LINK", integrationType="HTTP_PROXY", **inputs
    )


FIXTURE = Fixture(
    holds={"named": through_link(tlsConfig={"serverNameToVerify": "orders.internal"})},
    breaks={"plain": through_link(), "nobody named": through_link(tlsConfig={})},
    not_applicable={
        "over the internet": made(aws.HTTP_API_INTEGRATION, connectionType="INTERNET"),
        "the default": made(aws.HTTP_API_INTEGRATION),
    },
    mutation=put("tlsConfig", {}),
)
