from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

ALARMS = {"Service": "cloudwatch.amazonaws.com"}
OURS = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def policy(action: str, principal: object, **more: object) -> Made:
    statement = allow(action, "arn:aws:sns:::news", Principal=principal, **more)
    return made(aws.SNS_TOPIC_POLICY, arn="arn:aws:sns:::news", policy=document(statement))


FIXTURE = Fixture(
    holds={
        "our alarms": policy("sns:Publish", ALARMS, Condition=OURS),
        "a role": policy("sns:Publish", {"AWS": f"arn:aws:iam::{ACCOUNT}:role/sender"}),
    },
    breaks={
        "everyone": policy("sns:Publish", "*"),
        "everyone subscribes": policy("sns:Subscribe", {"AWS": "*"}),
        "any account's alarms": policy("sns:Publish", ALARMS),
        "every action": policy("sns:*", ALARMS, Condition=OURS),
        "on the topic": made(
            aws.SNS_TOPIC, policy=document(allow("sns:Publish", "*", Principal="*"))
        ),
    },
    not_applicable={"a topic whose policy stands beside it": made(aws.SNS_TOPIC)},
    mutation=put("policy", document(allow("sns:Publish", "*", Principal="*"))),
    also=("sns-tls",),
)
