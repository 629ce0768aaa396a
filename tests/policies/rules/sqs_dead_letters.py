import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

DEAD = made(aws.SQS_QUEUE, "dead")
REDRIVE = json.dumps({"deadLetterTargetArn": DEAD.arn, "maxReceiveCount": 3})
QUEUE = made(aws.SQS_QUEUE, "jobs", redrivePolicy=REDRIVE)
FUNCTION = made(aws.LAMBDA_FUNCTION, "worker", deadLetterConfig={"targetArn": DEAD.arn})

FIXTURE = Fixture(
    holds={
        "on the queue": [QUEUE, DEAD],
        "beside the queue": [
            made(aws.SQS_QUEUE, "jobs"),
            DEAD,
            made(aws.SQS_REDRIVE_POLICY, queueUrl="jobs", redrivePolicy=REDRIVE),
        ],
    },
    breaks={"none": made(aws.SQS_QUEUE, "jobs", redrivePolicy="")},
    not_applicable={"a function's dead letters": [FUNCTION, DEAD]},
    mutation=put("redrivePolicy", None),
)
