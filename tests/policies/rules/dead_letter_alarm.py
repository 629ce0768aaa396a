import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, name_of, put
from tests.policies.stacks import Made, made
from tests.policies.watches import alarm

DEAD = made(aws.SQS_QUEUE, "dead")
REDRIVE = json.dumps({"deadLetterTargetArn": DEAD.arn, "maxReceiveCount": 3})
QUEUE = made(aws.SQS_QUEUE, "jobs", redrivePolicy=REDRIVE)
ON_AGE = alarm("AWS/SQS", "ApproximateAgeOfOldestMessage", QueueName="jobs")


def watched(namespace: str = "AWS/SQS", metric: str = "ApproximateNumberOfMessagesVisible") -> Made:
    return alarm(namespace, metric, QueueName="dead")


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let the alarms on the judged queue's messages watch something else."""
    name = name_of(judged)
    for one in resources:
        if one["inputs"].get("dimensions") == {"QueueName": name}:
            put("metricName", "NumberOfEmptyReceives")(resources, one)
    return resources


FIXTURE = Fixture(
    holds={"watched": [QUEUE, DEAD, watched()]},
    breaks={
        "no alarm": [QUEUE, DEAD],
        "no action": [
            QUEUE,
            DEAD,
            watched() | {"inputs": {**watched()["inputs"], "alarmActions": []}},
        ],
        "another metric": [QUEUE, DEAD, watched(metric="NumberOfMessagesSent")],
        "another service's": [QUEUE, DEAD, watched("AWS/Lambda")],
        "another queue's": [QUEUE, DEAD, ON_AGE],
    },
    not_applicable={"an ordinary queue": made(aws.SQS_QUEUE)},
    mutation=change,
)
