from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, put
from tests.policies.stacks import Made, made

FUNCTION = made(aws.LAMBDA_FUNCTION, "worker")
CAUGHT = made(aws.LAMBDA_FUNCTION, "worker", deadLetterConfig={"targetArn": "arn:aws:sqs:::dead"})


def permission(principal: str) -> Made:
    return made(aws.LAMBDA_PERMISSION, function="worker", principal=principal)


def config(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.LAMBDA_INVOKE_CONFIG, functionName=FUNCTION.arn, **inputs)


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take both ways out away; an empty invoke configuration keeps it asynchronous."""
    left = [one for one in resources if one["type"] != aws.LAMBDA_INVOKE_CONFIG]
    empty = made(aws.LAMBDA_INVOKE_CONFIG, "empty", functionName=judged["outputs"]["arn"])
    return put("deadLetterConfig", None)([*left, empty], judged)


FIXTURE = Fixture(
    holds={
        "dead letters": [CAUGHT, permission("s3.amazonaws.com")],
        "a destination": [
            FUNCTION,
            config(destinationConfig={"onFailure": {"destination": "arn:aws:sqs:::dead"}}),
        ],
    },
    breaks={
        "invoked by a topic": [FUNCTION, permission("sns.amazonaws.com")],
        "only retries": [FUNCTION, config(maximumRetryAttempts=2)],
    },
    not_applicable={
        "invoked by an API": [FUNCTION, permission("apigateway.amazonaws.com")],
        "invoked by nobody": FUNCTION,
    },
    mutation=change,
    # Retries are set where the destination is; a queue that gets no failures is an ordinary one.
    also=("lambda-retries", "sqs-dead-letters"),
)
