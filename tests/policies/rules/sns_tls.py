from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import document, made

TOPIC = made(aws.SNS_TOPIC, "news")
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sns:Publish",
    "Resource": TOPIC.arn,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}

FIXTURE = Fixture(
    holds={
        "beside the topic": [
            TOPIC,
            made(aws.SNS_TOPIC_POLICY, arn=TOPIC.arn, policy=document(REFUSAL)) | {"outputs": {}},
        ],
        "on the topic": made(aws.SNS_TOPIC, policy=document(REFUSAL)),
    },
    breaks={
        "no policy": TOPIC,
        "another action": made(
            aws.SNS_TOPIC, policy=document(REFUSAL | {"Action": "sns:Subscribe"})
        ),
    },
    mutation=put("policy", document(), on=aws.SNS_TOPIC_POLICY),
)
