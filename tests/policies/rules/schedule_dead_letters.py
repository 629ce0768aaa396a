from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def schedule(**target: object) -> Made:
    return made(aws.SCHEDULE, "nightly", target={"arn": "arn:x", **target})


FIXTURE = Fixture(
    holds={"kept": schedule(deadLetterConfig={"arn": "arn:aws:sqs:::dead"})},
    breaks={"none": schedule(), "nobody named": schedule(deadLetterConfig={})},
    mutation=put("target.deadLetterConfig", {}),
    also=("alarm-coverage", "sqs-dead-letters"),
)
