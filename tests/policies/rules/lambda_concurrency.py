from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, name_of
from tests.policies.stacks import Made, made

QUEUE = made(aws.SQS_QUEUE, "jobs")


def function(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.LAMBDA_FUNCTION, "worker", **inputs)


def permission(principal: str) -> Made:
    return made(aws.LAMBDA_PERMISSION, function="worker", principal=principal)


def mapping(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        functionName="worker",
        eventSourceArn=QUEUE.arn,
        **inputs,
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let S3 call it directly."""
    caller = made(
        aws.LAMBDA_PERMISSION, "s3", function=name_of(judged), principal="s3.amazonaws.com"
    )
    return [*resources, caller]


FIXTURE = Fixture(
    holds={
        "nobody calls": function(),
        "an API": [function(), permission("apigateway.amazonaws.com")],
        "reserved": [function(reservedConcurrentExecutions=10), permission("s3.amazonaws.com")],
        "switched off": [function(reservedConcurrentExecutions=0), permission("s3.amazonaws.com")],
        "a bounded mapping": [QUEUE, function(), mapping(scalingConfig={"maximumConcurrency": 5})],
        "a stream": [
            function(),
            made(
                aws.LAMBDA_EVENT_SOURCE_MAPPING,
                functionName="worker",
                eventSourceArn="arn:aws:kinesis:eu-west-1:111122223333:stream/s",
            ),
        ],
    },
    breaks={
        "a bucket": [function(), permission("s3.amazonaws.com")],
        "a topic": [function(), permission("sns.amazonaws.com")],
        "a rule": [function(reservedConcurrentExecutions=-1), permission("events.amazonaws.com")],
        "an unbounded mapping": [QUEUE, function(), mapping()],
    },
    mutation=change,
    also=("storage-event-source", "lambda-failure-path", "lambda-retries", "lambda-public"),
)
