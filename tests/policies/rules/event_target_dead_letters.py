from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def target(dead: str | None) -> Made:
    return made(aws.EVENT_TARGET, rule="paid", arn="arn:x", deadLetterConfig={"arn": dead})


FIXTURE = Fixture(
    holds={"kept": target("arn:aws:sqs:::dead")},
    breaks={"none": made(aws.EVENT_TARGET, rule="paid"), "nobody named": target("")},
    mutation=put("deadLetterConfig", {}),
    # A queue that gets no failures any more is an ordinary one.
    also=("alarm-coverage", "sqs-dead-letters"),
)
