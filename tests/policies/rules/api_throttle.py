from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made
from tests.policies.stages import API, STAGE, settings

LIMITS: dict[str, Any] = {"throttlingRateLimit": 50, "throttlingBurstLimit": 100}

FIXTURE = Fixture(
    holds={
        "REST": [API, STAGE, settings(**LIMITS)],
        "REST, with less for one": [
            API,
            STAGE,
            settings(**LIMITS),
            settings(path="orders/GET", throttlingRateLimit=5, throttlingBurstLimit=5),
        ],
        "HTTP": made(aws.HTTP_API_STAGE, defaultRouteSettings=LIMITS),
        "nobody": made(aws.HTTP_API_STAGE, defaultRouteSettings=dict.fromkeys(LIMITS, 0)),
    },
    breaks={
        "no settings": [API, STAGE],
        "no burst": [API, STAGE, settings(throttlingRateLimit=50)],
        "no limit, in numbers": [
            API,
            STAGE,
            settings(throttlingRateLimit=-1, throttlingBurstLimit=-1),
        ],
        "one method": [API, STAGE, settings(path="orders/GET", **LIMITS)],
        "HTTP": made(aws.HTTP_API_STAGE),
        "all but one method": [
            API,
            STAGE,
            settings(**LIMITS),
            settings(path="orders/GET", throttlingRateLimit=-1, throttlingBurstLimit=100),
        ],
        "one method with settings, but no limit": [
            API,
            STAGE,
            settings(**LIMITS),
            settings(path="orders/GET", loggingLevel="INFO"),
        ],
        "all but one route": made(
            aws.HTTP_API_STAGE,
            defaultRouteSettings=LIMITS,
            routeSettings=[{"routeKey": "GET /x", "throttlingRateLimit": 5}],
        ),
        "quick create": made(aws.HTTP_API, protocolType="HTTP", target="arn:aws:lambda:x"),
        "a deployment that makes its stage": made(aws.API_DEPLOYMENT, stageName="live"),
    },
    mutation=put("settings.throttlingRateLimit", None, on=aws.API_METHOD_SETTINGS),
)
