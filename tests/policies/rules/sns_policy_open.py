from rampart_policies import aws
from tests.policies.carriers import FROM_US, granting, open_wide, unclear, well_kept
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

CARRIERS = {aws.SNS_TOPIC: "policy", aws.SNS_TOPIC_POLICY: "policy"}
ALARMS = {"Service": "cloudwatch.amazonaws.com"}
# The policy that SNS itself gives a topic.
OWNER = {"StringEquals": {"AWS:SourceOwner": ACCOUNT}}


def policy(action: str, principal: object, **more: object) -> Made:
    statement = allow(action, "arn:aws:sns:::news", Principal=principal, **more)
    return made(aws.SNS_TOPIC_POLICY, arn="arn:aws:sns:::news", policy=document(statement))


FIXTURE = Fixture(
    holds=well_kept(CARRIERS)
    | {
        "our alarms": policy("sns:Publish", ALARMS, Condition=FROM_US),
        "as SNS makes it": policy("SNS:Publish", {"AWS": "*"}, Condition=OWNER),
    },
    breaks=open_wide(CARRIERS)
    | {
        "everyone subscribes": policy("sns:Subscribe", {"AWS": "*"}),
        "any account's alarms": policy("sns:Publish", ALARMS),
        "every action": policy("sns:*", ALARMS, Condition=FROM_US),
        "every action, in capitals": policy("SNS:*", ALARMS, Condition=FROM_US),
    },
    undecided=unclear(CARRIERS),
    not_applicable={"a topic whose policy stands beside it": made(aws.SNS_TOPIC)},
    mutation=put("policy", granting("*")),
    also=("sns-tls",),
)
