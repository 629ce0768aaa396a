import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEPT = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:::dead"})


def subscription(protocol: str, redrive: str | None = None) -> Made:
    return made(
        aws.SNS_SUBSCRIPTION,
        topic="arn:aws:sns:::news",
        protocol=protocol,
        endpoint="x",
        redrivePolicy=redrive,
    )


FIXTURE = Fixture(
    holds={"kept": subscription("sqs", KEPT)},
    breaks={
        "a queue": subscription("sqs"),
        "a web hook": subscription("https", ""),
        "no target": subscription("lambda", "{}"),
    },
    not_applicable={"mail": subscription("email")},
    mutation=put("redrivePolicy", None),
)
