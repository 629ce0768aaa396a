import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, put
from tests.policies.stacks import Made, made

DAY = 86_400


def dead(days: float | None) -> Made:
    return made(aws.SQS_QUEUE, "dead", messageRetentionSeconds=days and days * DAY)


REDRIVE = json.dumps({"deadLetterTargetArn": dead(1).arn, "maxReceiveCount": 3})


def queue(days: float | None = None, redrive: str | None = REDRIVE) -> Made:
    return made(
        aws.SQS_QUEUE, "jobs", messageRetentionSeconds=days and days * DAY, redrivePolicy=redrive
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let the dead letters of the judged queue expire after a minute."""
    kept = json.loads(judged["inputs"]["redrivePolicy"])["deadLetterTargetArn"]
    queues = (one for one in resources if one["type"] == aws.SQS_QUEUE)
    (target,) = [queue for queue in queues if queue["outputs"]["arn"] == kept]
    return put("messageRetentionSeconds", 60)(resources, target)


FIXTURE = Fixture(
    holds={
        "longer": [queue(4), dead(14)],
        "both at the maximum": [queue(14), dead(14)],
        "beside the queue": [
            queue(4, None),
            dead(5),
            made(aws.SQS_REDRIVE_POLICY, queueUrl="jobs", redrivePolicy=REDRIVE),
        ],
    },
    breaks={
        "as long": [queue(4), dead(4)],
        "both by default": [queue(), dead(None)],
        "shorter": [queue(14), dead(13)],
    },
    not_applicable={"no dead letters": queue(4, None)},
    mutation=change,
)
