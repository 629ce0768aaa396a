from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

TOPIC = {"Service": "sns.amazonaws.com"}
FROM_TOPIC = {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:::news"}}


def policy(action: str, principal: object, **more: object) -> Made:
    statement = allow(action, "arn:aws:sqs:::jobs", Principal=principal, **more)
    return made(aws.SQS_QUEUE_POLICY, queueUrl="jobs", policy=document(statement))


FIXTURE = Fixture(
    holds={
        "a topic's": policy("sqs:SendMessage", TOPIC, Condition=FROM_TOPIC),
        "a role's": policy("sqs:SendMessage", {"AWS": f"arn:aws:iam::{ACCOUNT}:role/sender"}),
    },
    breaks={
        "everyone": policy("sqs:SendMessage", "*"),
        "everyone but one": made(
            aws.SQS_QUEUE_POLICY,
            queueUrl="jobs",
            policy=document(allow("sqs:SendMessage", NotPrincipal={"AWS": ACCOUNT})),
        ),
        "any topic": policy("sqs:SendMessage", TOPIC),
        "every action": policy("sqs:*", TOPIC, Condition=FROM_TOPIC),
        "a test that lets all but some in": policy(
            "sqs:SendMessage", TOPIC, Condition={"StringNotEquals": {"aws:SourceAccount": "1"}}
        ),
    },
    not_applicable={"a queue whose policy stands beside it": made(aws.SQS_QUEUE)},
    mutation=put("policy", document(allow("sqs:SendMessage", "*", Principal="*"))),
    also=("sqs-tls",),
)
