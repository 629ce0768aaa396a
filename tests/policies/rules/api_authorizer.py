from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

AUTHORIZER = made(aws.API_AUTHORIZER, "tokens")


def method(verb: str, authorization: str, **inputs: str) -> Made:
    return made(aws.API_METHOD, httpMethod=verb, authorization=authorization, **inputs)


FIXTURE = Fixture(
    holds={
        "a custom authorizer": [AUTHORIZER, method("POST", "CUSTOM", authorizerId=AUTHORIZER.id)],
        "signed requests": method("GET", "AWS_IAM"),
        "an HTTP API": made(
            aws.HTTP_API_ROUTE, routeKey="GET /x", authorizationType="JWT", authorizerId="a1"
        ),
    },
    breaks={
        "none": method("GET", "NONE"),
        "announced, not given": method("GET", "CUSTOM"),
        "an HTTP API's default": made(aws.HTTP_API_ROUTE, routeKey="GET /x"),
    },
    not_applicable={"preflight": method("OPTIONS", "NONE")},
    mutation=put("authorization", "NONE"),
)
