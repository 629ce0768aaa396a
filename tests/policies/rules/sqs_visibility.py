from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, put
from tests.policies.stacks import Made, made

WORKER = made(aws.LAMBDA_FUNCTION, "worker", timeout=30)
ALIAS = made(aws.LAMBDA_ALIAS, "live", functionName="worker")


def queue(seconds: int | None) -> Made:
    return made(aws.SQS_QUEUE, "jobs", visibilityTimeoutSeconds=seconds)


def mapping(function: Made = WORKER) -> Made:
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        eventSourceArn=queue(1).arn,
        functionName=function.arn,
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Shorten the queue that the judged mapping reads."""
    source = judged["inputs"]["eventSourceArn"]
    queues = [one for one in resources if one["type"] == aws.SQS_QUEUE]
    (read,) = [one for one in queues if one["outputs"].get("arn") == source]
    return put("visibilityTimeoutSeconds", 1)(resources, read)


FIXTURE = Fixture(
    holds={"six times": [queue(180), WORKER, mapping()]},
    breaks={
        "a second less": [queue(179), WORKER, mapping()],
        "the default": [queue(None), WORKER, mapping()],
        "behind an alias": [queue(60), WORKER, ALIAS, mapping(ALIAS)],
    },
    not_applicable={
        "a stream": [
            WORKER,
            made(
                aws.LAMBDA_EVENT_SOURCE_MAPPING,
                eventSourceArn="arn:aws:dynamodb:::table/t/stream/1",
                functionName="worker",
            ),
        ]
    },
    mutation=change,
)
