import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import Made, made

DEAD = made(aws.SQS_QUEUE, "dead")
REDRIVE = json.dumps({"deadLetterTargetArn": DEAD.arn, "maxReceiveCount": 3})
QUEUE = made(
    aws.SQS_QUEUE,
    "jobs",
    redrivePolicy=REDRIVE,
    redriveAllowPolicy='{"redrivePermission": "denyAll"}',
)


def policy(permission: str) -> str:
    return json.dumps({"redrivePermission": permission, "sourceQueueArns": [QUEUE.arn]})


def beside(permission: str, queue: str = "dead") -> Made:
    return made(aws.SQS_REDRIVE_ALLOW_POLICY, queueUrl=queue, redriveAllowPolicy=policy(permission))


FIXTURE = Fixture(
    holds={
        "beside the queue": [DEAD, QUEUE, beside("byQueue")],
        "on the queue": [
            QUEUE,
            made(aws.SQS_QUEUE, "dead", redriveAllowPolicy=policy("byQueue")),
        ],
    },
    breaks={
        "none": [DEAD, QUEUE],
        "everyone": [DEAD, QUEUE, beside("allowAll")],
        "another's": [DEAD, QUEUE, beside("byQueue", "other")],
    },
    not_applicable={"no dead letter queue": DEAD},
    mutation=drop(aws.SQS_REDRIVE_ALLOW_POLICY),
)
