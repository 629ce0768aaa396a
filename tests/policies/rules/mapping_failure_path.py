from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"


def mapping(source: str, destination: str | None = None) -> Made:
    kept = {"onFailure": {"destinationArn": destination}}
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        eventSourceArn=source,
        functionName="worker",
        functionResponseTypes=["ReportBatchItemFailures"],
        destinationConfig=kept,
    )


FIXTURE = Fixture(
    holds={"a destination": mapping(STREAM, "arn:aws:sqs:::dead")},
    breaks={
        "a stream": mapping(STREAM),
        "a table": mapping("arn:aws:dynamodb:::table/t/stream/1"),
        "a broker": mapping("arn:aws:kafka:::cluster/c"),
        "nothing said": made(aws.LAMBDA_EVENT_SOURCE_MAPPING, eventSourceArn=STREAM),
    },
    not_applicable={"a queue": mapping("arn:aws:sqs:::jobs")},
    mutation=put("destinationConfig", {}),
)
