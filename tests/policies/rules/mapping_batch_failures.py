from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

QUEUE = "arn:aws:sqs:eu-west-1:111122223333:jobs"


def mapping(source: str | None, *types: str) -> Made:
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING, eventSourceArn=source, functionResponseTypes=[*types]
    )


FIXTURE = Fixture(
    holds={"reported": mapping(QUEUE, "ReportBatchItemFailures")},
    breaks={
        "a queue": mapping(QUEUE),
        "a stream": mapping("arn:aws:kinesis:::stream/clicks"),
        "a table": mapping("arn:aws:dynamodb:::table/t/stream/1"),
        "nothing said": made(aws.LAMBDA_EVENT_SOURCE_MAPPING, eventSourceArn=QUEUE),
    },
    not_applicable={
        "a managed broker": mapping("arn:aws:mq:::broker:b"),
        "a broker elsewhere": mapping(None),
    },
    mutation=put("functionResponseTypes", []),
)
