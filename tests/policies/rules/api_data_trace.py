from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.stages import settings


def sockets(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.HTTP_API_STAGE, **inputs)


FIXTURE = Fixture(
    holds={
        "off": settings(dataTraceEnabled=False),
        "nothing said": settings(),
        "a WebSocket stage": sockets(
            defaultRouteSettings={"dataTraceEnabled": False}, routeSettings=[{"routeKey": "send"}]
        ),
    },
    breaks={
        "on": settings(dataTraceEnabled=True),
        "on, in words": settings(dataTraceEnabled="true"),
        "on for one method": settings(path="orders/GET", dataTraceEnabled=True),
        "a WebSocket stage": sockets(defaultRouteSettings={"dataTraceEnabled": True}),
        "one route": sockets(routeSettings=[{"routeKey": "send", "dataTraceEnabled": True}]),
    },
    mutation=put("settings.dataTraceEnabled", True),  # noqa: FBT003  # the property's value
)
