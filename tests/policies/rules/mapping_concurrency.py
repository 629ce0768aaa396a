from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

QUEUE = "arn:aws:sqs:eu-west-1:111122223333:jobs"


def worker(reserved: int | None = None) -> Made:
    return made(aws.LAMBDA_FUNCTION, "worker", reservedConcurrentExecutions=reserved)


def mapping(most: int | None, source: str = QUEUE) -> Made:
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        eventSourceArn=source,
        functionName="worker",
        scalingConfig={"maximumConcurrency": most},
    )


def provisioned(most: int) -> Made:
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        eventSourceArn=QUEUE,
        functionName="worker",
        provisionedPollerConfig={"minimumPollers": 2, "maximumPollers": most},
    )


FIXTURE = Fixture(
    holds={
        "pollers within what is reserved": [worker(20), provisioned(2)],
        "within what is reserved": [worker(5), mapping(5)],
        "nothing reserved": [worker(), mapping(5)],
        "no reservation, in numbers": [worker(-1), mapping(5)],
    },
    breaks={
        "no limit": [worker(5), mapping(None)],
        "pollers that keep more busy than is reserved": [worker(19), provisioned(2)],
        "more than reserved": [worker(5), mapping(6)],
        "switched off": [worker(0), mapping(2)],
        "nothing said": made(aws.LAMBDA_EVENT_SOURCE_MAPPING, eventSourceArn=QUEUE),
    },
    not_applicable={"a stream": mapping(None, "arn:aws:kinesis:::stream/clicks")},
    mutation=put("scalingConfig", {}),
    also=("lambda-concurrency",),
)
