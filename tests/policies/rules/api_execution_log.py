from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.stages import API, STAGE, settings

SOCKETS = made(aws.HTTP_API, "chat", protocolType="WEBSOCKET")
ERRORS = {"loggingLevel": "ERROR"}


def sockets(*routes: dict[str, Any], **general: str) -> list[Made]:
    stage = made(
        aws.HTTP_API_STAGE,
        apiId=SOCKETS.id,
        defaultRouteSettings=general,
        routeSettings=[*routes],
    )
    return [SOCKETS, stage]


FIXTURE = Fixture(
    holds={
        "errors": [API, STAGE, settings(loggingLevel="ERROR")],
        "everything": [API, STAGE, settings(loggingLevel="INFO")],
        "an API of another stack": [
            STAGE,
            settings(loggingLevel="INFO") | {"property_dependencies": {"stageName": [STAGE.urn]}},
        ],
        "a WebSocket stage": sockets(**ERRORS),
    },
    breaks={
        "no settings": [API, STAGE],
        "off": [API, STAGE, settings(loggingLevel="OFF")],
        "nothing said": [API, STAGE, settings()],
        "one method": [API, STAGE, settings(path="orders/GET", loggingLevel="INFO")],
        "all but one method": [
            API,
            STAGE,
            settings(**ERRORS),
            settings(path="orders/GET", loggingLevel="OFF"),
        ],
        "another stage": [API, STAGE, settings(stage="test", loggingLevel="INFO")],
        "a WebSocket stage without": sockets(),
        "a WebSocket stage, off": sockets(loggingLevel="OFF"),
        "all but one route": sockets({"routeKey": "send", "loggingLevel": "OFF"}, **ERRORS),
    },
    undecided={"a stage of an API elsewhere": made(aws.HTTP_API_STAGE, apiId="a1b2c3")},
    not_applicable={
        "HTTP APIs have no such log": [
            made(aws.HTTP_API, "shop", protocolType="HTTP"),
            made(aws.HTTP_API_STAGE, apiId="shop"),
        ]
    },
    mutation=put("settings.loggingLevel", "OFF", on=aws.API_METHOD_SETTINGS),
)
