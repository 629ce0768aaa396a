from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import made

RULE = made(aws.EVENT_RULE, "paid")
TARGET = made(aws.EVENT_TARGET, rule="paid", arn="x", deadLetterConfig={"arn": "arn:aws:sqs:::d"})

FIXTURE = Fixture(
    holds={"a target": [RULE, TARGET]},
    breaks={
        "none": RULE,
        "another's": [RULE, made(aws.EVENT_TARGET, rule="shipped", arn="x")],
    },
    mutation=drop(aws.EVENT_TARGET),
    also=("alarm-coverage", "sqs-dead-letters"),
)
