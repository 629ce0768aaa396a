from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

STREAM = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/1"


def mapping(retries: int | None = 5, age_seconds: int | None = 3600, source: str = STREAM) -> Made:
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        eventSourceArn=source,
        functionName="worker",
        functionResponseTypes=["ReportBatchItemFailures"],
        destinationConfig={"onFailure": {"destinationArn": "arn:aws:sqs:::dead"}},
        maximumRetryAttempts=retries,
        maximumRecordAgeInSeconds=age_seconds,
    )


FIXTURE = Fixture(
    holds={
        "both bounded": mapping(),
        "never tried again": mapping(retries=0),
        "another stream": mapping(source="arn:aws:kinesis:::stream/clicks"),
    },
    breaks={
        "tried without end": mapping(retries=-1),
        "however old": mapping(age_seconds=-1),
        "retries not said": mapping(retries=None),
        "age not said": mapping(age_seconds=None),
        "nothing said": made(aws.LAMBDA_EVENT_SOURCE_MAPPING, eventSourceArn=STREAM),
    },
    not_applicable={
        "a queue": mapping(None, None, "arn:aws:sqs:::jobs"),
        "a broker": mapping(None, None, "arn:aws:kafka:::cluster/c"),
    },
    mutation=put("maximumRetryAttempts", -1),
)
