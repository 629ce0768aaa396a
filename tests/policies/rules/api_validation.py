from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

BOTH = made(aws.API_VALIDATOR, "both", validateRequestBody=True, validateRequestParameters=True)
BODIES = made(aws.API_VALIDATOR, "bodies", validateRequestBody=True)
PARAMETERS = made(aws.API_VALIDATOR, "parameters", validateRequestParameters=True)
IN_PATH = {"method.request.path.order": True}


def method(verb: str, validator: Made | None = None, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    given = validator.id if validator else None
    return made(
        aws.API_METHOD, httpMethod=verb, authorization="AWS_IAM", requestValidatorId=given, **inputs
    )


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
        "a validator of another stack": method("POST", BODIES),
    },
    breaks={
        "a body": method("PUT"),
        "parameters": method("GET", requestParameters=IN_PATH),
        "a model": method("DELETE", requestModels={"application/json": "Order"}),
        "bodies only": [BODIES, method("POST", BODIES, requestParameters=IN_PATH)],
        "parameters only": [PARAMETERS, method("POST", PARAMETERS)],
    },
    not_applicable={"nothing to validate": method("GET"), "preflight": method("OPTIONS")},
    mutation=change,
)
