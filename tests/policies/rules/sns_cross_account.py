from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

TOPIC = made(aws.SNS_TOPIC, "news")
OTHER_ACCOUNT = "arn:aws:iam::999988887777:root"
ORGANISATION = {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}


def policy(principal: str, **more: object) -> Made:
    given = allow("sns:Publish", TOPIC.arn, Principal={"AWS": principal}, **more)
    return made(aws.SNS_TOPIC_POLICY, arn=TOPIC.arn, policy=document(given))


FIXTURE = Fixture(
    holds={
        "a role of this account": policy(f"arn:aws:iam::{ACCOUNT}:role/publisher"),
        "another account of the organisation": policy(OTHER_ACCOUNT, **ORGANISATION),
        "a refusal": policy(OTHER_ACCOUNT, Effect="Deny"),
    },
    breaks={
        "another account": policy(OTHER_ACCOUNT),
        "the same, by number": policy("999988887777"),
        "a role of it": policy("arn:aws:iam::999988887777:role/reader"),
        "on the topic": made(
            aws.SNS_TOPIC,
            policy=document(allow("sns:Publish", TOPIC.arn, Principal={"AWS": OTHER_ACCOUNT})),
        ),
    },
    not_applicable={"no policy": TOPIC},
    mutation=put("policy", policy(OTHER_ACCOUNT)["inputs"]["policy"]),
    also=("sns-tls",),
)
