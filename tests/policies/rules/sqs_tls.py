from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import document, made

QUEUE = made(aws.SQS_QUEUE, "jobs")
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sqs:*",
    "Resource": QUEUE.arn,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}

FIXTURE = Fixture(
    holds={
        "beside the queue": [
            QUEUE,
            made(aws.SQS_QUEUE_POLICY, queueUrl=QUEUE.id, policy=document(REFUSAL)),
        ],
        "on the queue": made(aws.SQS_QUEUE, policy=document(REFUSAL)),
    },
    breaks={
        "no policy": QUEUE,
        "another condition": made(
            aws.SQS_QUEUE,
            policy=document(REFUSAL | {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
        ),
        "another queue's": [
            QUEUE,
            made(aws.SQS_QUEUE_POLICY, queueUrl="x", policy=document(REFUSAL)),
        ],
    },
    mutation=put("policy", document(), on=aws.SQS_QUEUE_POLICY),
)
