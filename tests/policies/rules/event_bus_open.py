from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

BUS = "arn:aws:events:::event-bus/shop"
OURS = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}


def policy(principal: object, **more: object) -> Made:
    statement = allow("events:PutEvents", BUS, Principal=principal, **more)
    return made(aws.EVENT_BUS_POLICY, eventBusName="shop", policy=document(statement))


def permission(principal: str, **inputs: object) -> Made:
    return made(aws.EVENT_BUS_PERMISSION, eventBusName="shop", principal=principal, **inputs)


FIXTURE = Fixture(
    holds={
        "a role": policy({"AWS": f"arn:aws:iam::{ACCOUNT}:role/sender"}),
        "the organisation": policy("*", Condition=OURS),
        "an account": permission(ACCOUNT),
        "the organisation, as a permission": permission("*", condition={"value": "o-1"}),
    },
    breaks={
        "everyone": policy("*"),
        "any account's buckets": policy({"Service": "s3.amazonaws.com"}),
        "everyone, as a permission": permission("*"),
    },
    mutation=put("policy", document(allow("events:PutEvents", BUS, Principal="*"))),
)
