from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

PREPARED = {"applyOn": "PublishedVersions"}
FUNCTION = made(aws.LAMBDA_FUNCTION, "worker", snapStart=PREPARED)
PLAIN = made(aws.LAMBDA_FUNCTION, "worker")
ALIAS = made(aws.LAMBDA_ALIAS, "live", functionName="worker")
SHIFTING = made(
    aws.LAMBDA_ALIAS,
    "live",
    functionName="worker",
    routingConfig={"additionalVersionWeights": {"2": 0.1}},
)
PROVISIONED = made(aws.LAMBDA_PROVISIONED_CONCURRENCY, functionName="worker", qualifier="live")


def permission(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.LAMBDA_PERMISSION, "grant", function="worker", principal="x", **inputs)


def path(arn: str) -> str:
    return f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{arn}/invocations"


def integration(arn: str) -> Made:
    return made(aws.API_INTEGRATION, "call", uri=path(arn))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let something invoke the judged function itself."""
    grant = made(aws.LAMBDA_PERMISSION, function=judged["outputs"]["arn"], principal="x")
    return [*resources, grant]


FIXTURE = Fixture(
    holds={
        "nobody calls it yet": FUNCTION,
        "the alias": [FUNCTION, ALIAS, integration(ALIAS.arn)],
        "an alias by qualifier": [PLAIN, PROVISIONED, permission(qualifier="live")],
        "a version": [FUNCTION, integration(f"{FUNCTION.arn}:7")],
        "a stage's alias": [FUNCTION, integration(f"{FUNCTION.arn}:${{stageVariables.alias}}")],
    },
    breaks={
        "an API": [FUNCTION, ALIAS, integration(FUNCTION.arn)],
        "a permission": [PLAIN, PROVISIONED, permission()],
        "a queue, while traffic shifts": [
            PLAIN,
            SHIFTING,
            made(aws.LAMBDA_EVENT_SOURCE_MAPPING, functionName=PLAIN.arn),
        ],
        "a rule": [FUNCTION, made(aws.EVENT_TARGET, arn=FUNCTION.arn)],
        "$LATEST by name": [FUNCTION, integration(f"{FUNCTION.arn}:$LATEST")],
    },
    not_applicable={"no versions": [PLAIN, integration(PLAIN.arn)]},
    mutation=change,
)
