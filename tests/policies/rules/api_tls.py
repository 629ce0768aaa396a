from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def http(policy: str | None) -> Made:
    return made(aws.HTTP_API_DOMAIN, domainNameConfiguration={"securityPolicy": policy})


def api(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.REST_API, **inputs)


FIXTURE = Fixture(
    holds={
        "a domain": made(aws.API_DOMAIN, securityPolicy="TLS_1_2"),
        "an HTTP domain": http("TLS_1_2"),
        "an API": api(securityPolicy="SecurityPolicy_TLS13_1_2_2021_06"),
    },
    breaks={
        "a domain": made(aws.API_DOMAIN, securityPolicy="TLS_1_0"),
        "a domain's default": made(aws.API_DOMAIN),
        "an HTTP domain": http(None),
        "an API": api(securityPolicy="TLS_1_0"),
        "an API's default": api(endpointConfiguration={"types": "REGIONAL"}),
        "a private API that says so": api(
            securityPolicy="TLS_1_0", endpointConfiguration={"types": "PRIVATE"}
        ),
    },
    not_applicable={
        "a private API": api(endpointConfiguration={"types": "PRIVATE"}),
        "only by its domain": api(disableExecuteApiEndpoint=True),
    },
    mutation=put("securityPolicy", "TLS_1_0"),
)
