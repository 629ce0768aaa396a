from rampart_policies import aws
from tests.policies.carriers import granting, open_wide, unclear, well_kept
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

CARRIERS = {aws.SQS_QUEUE: "policy", aws.SQS_QUEUE_POLICY: "policy"}
TOPIC = {"Service": "sns.amazonaws.com"}
FROM_TOPIC = {"ArnEquals": {"aws:SourceArn": f"arn:aws:sns:eu-west-1:{ACCOUNT}:news"}}
FROM_ANY_TOPIC = {"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:*:news"}}


def policy(action: str, principal: object, **more: object) -> Made:
    statement = allow(action, "arn:aws:sqs:::jobs", Principal=principal, **more)
    return made(aws.SQS_QUEUE_POLICY, queueUrl="jobs", policy=document(statement))


FIXTURE = Fixture(
    holds=well_kept(CARRIERS)
    | {"a topic's": policy("sqs:SendMessage", TOPIC, Condition=FROM_TOPIC)},
    breaks=open_wide(CARRIERS)
    | {
        "any topic": policy("sqs:SendMessage", TOPIC),
        "any account's topic": policy("sqs:SendMessage", TOPIC, Condition=FROM_ANY_TOPIC),
        "every action": policy("sqs:*", TOPIC, Condition=FROM_TOPIC),
        "every action, in capitals": policy("SQS:*", TOPIC, Condition=FROM_TOPIC),
        "every action but one": made(
            aws.SQS_QUEUE_POLICY,
            policy=document(
                {
                    "Effect": "Allow",
                    "NotAction": "sqs:DeleteQueue",
                    "Principal": TOPIC,
                    "Condition": FROM_TOPIC,
                }
            ),
        ),
        "a test that lets all but some in": policy(
            "sqs:SendMessage", TOPIC, Condition={"StringNotEquals": {"aws:SourceAccount": ACCOUNT}}
        ),
    },
    undecided=unclear(CARRIERS),
    not_applicable={"a queue whose policy stands beside it": made(aws.SQS_QUEUE)},
    mutation=put("policy", granting("*")),
    also=("sqs-tls",),
)
