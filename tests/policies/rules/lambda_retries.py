from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, name_of
from tests.policies.stacks import Made, made

FUNCTION = made(aws.LAMBDA_FUNCTION, "worker")
BY_TOPIC = made(aws.LAMBDA_PERMISSION, function="worker", principal="sns.amazonaws.com")
KEPT = {"onFailure": {"destination": "arn:aws:sqs:::dead"}}


def config(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(
        aws.LAMBDA_INVOKE_CONFIG, functionName=FUNCTION.arn, destinationConfig=KEPT, **inputs
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Leave to the default how long the judged function is retried."""
    called = {judged["outputs"]["arn"], name_of(judged)}
    for one in resources:
        if one["inputs"].get("functionName") in called:
            one["inputs"]["maximumEventAgeInSeconds"] = None
    return resources


FIXTURE = Fixture(
    holds={
        "an hour": [FUNCTION, config(maximumRetryAttempts=2, maximumEventAgeInSeconds=3600)],
        "no retries": [FUNCTION, config(maximumRetryAttempts=0, maximumEventAgeInSeconds=60)],
    },
    breaks={
        "no configuration": [FUNCTION, BY_TOPIC],
        "no age": [FUNCTION, config(maximumRetryAttempts=2)],
        "the default": [FUNCTION, config(maximumEventAgeInSeconds=21_600)],
    },
    not_applicable={"invoked by nobody": FUNCTION},
    mutation=change,
)
