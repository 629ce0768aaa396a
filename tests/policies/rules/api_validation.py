from typing import Any

from rampart_policies import aws
from tests.policies.documents import openapi
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

BOTH = made(aws.API_VALIDATOR, "both", validateRequestBody=True, validateRequestParameters=True)
BODIES = made(aws.API_VALIDATOR, "bodies", validateRequestBody=True)
PARAMETERS = made(aws.API_VALIDATOR, "parameters", validateRequestParameters=True)
VALIDATOR = "x-amazon-apigateway-request-validator"
VALIDATORS = {
    "both": {"validateRequestBody": True, "validateRequestParameters": True},
    "parameters": {"validateRequestParameters": True},
}
IN_PATH = {"method.request.path.order": True}


def method(verb: str, validator: Made | None = None, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    given = validator.id if validator else None
    return made(
        aws.API_METHOD, httpMethod=verb, authorization="AWS_IAM", requestValidatorId=given, **inputs
    )


def rest(operation: dict[str, Any], verb: str = "get", **root: Any) -> Made:  # noqa: ANN401  # documents are any JSON
    body = openapi(verb, operation, **root, **{f"{VALIDATOR}s": VALIDATORS})
    return made(aws.REST_API, body=body)


def change(resources: list[Recorded], _: Recorded) -> list[Recorded]:
    """Let every validator validate nothing."""
    for one in resources:
        if one["type"] == aws.API_VALIDATOR:
            one["inputs"].update(validateRequestBody=False, validateRequestParameters=False)
    return resources


FIXTURE = Fixture(
    holds={
        "a body": [BOTH, method("POST", BOTH)],
        "parameters": [PARAMETERS, method("GET", PARAMETERS, requestParameters=IN_PATH)],
        "a document, for all": rest({}, verb="post", **{VALIDATOR: "both"}),
        "a document, for one": rest({VALIDATOR: "both"}, verb="post"),
        "a document without anything to validate": rest({}),
        "a validator of another stack": method("POST", BODIES),
    },
    breaks={
        "a body": method("PUT"),
        "parameters": method("GET", requestParameters=IN_PATH),
        "a model": method("DELETE", requestModels={"application/json": "Order"}),
        "bodies only": [BODIES, method("POST", BODIES, requestParameters=IN_PATH)],
        "parameters only": [PARAMETERS, method("POST", PARAMETERS)],
        "a document without validator": rest({"parameters": [{"name": "q", "in": "query"}]}),
        "a document, parameters only": rest({}, verb="post", **{VALIDATOR: "parameters"}),
    },
    undecided={"a text that is no document": made(aws.REST_API, body="{nope")},
    not_applicable={
        "an API without document": made(aws.REST_API),
        "nothing to validate": method("GET"),
        "preflight": method("OPTIONS"),
    },
    mutation=change,
)
