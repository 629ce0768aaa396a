from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import ACCOUNT, allow, document, made

BUS = made(aws.EVENT_BUS, "shop")
GRANT = allow("events:PutEvents", BUS.arn, Principal={"AWS": ACCOUNT})

FIXTURE = Fixture(
    holds={
        "a policy": [
            BUS,
            made(aws.EVENT_BUS_POLICY, eventBusName="shop", policy=document(GRANT)),
        ],
    },
    breaks={
        "none": BUS,
        "another bus's": [BUS, made(aws.EVENT_BUS_PERMISSION, eventBusName="x", principal="1")],
    },
    mutation=drop(aws.EVENT_BUS_POLICY),
)
