from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": True})},
    breaks={
        "none": made(aws.DYNAMODB_TABLE),
        "off": made(aws.DYNAMODB_TABLE, pointInTimeRecovery={"enabled": False}),
    },
    mutation=put("pointInTimeRecovery.enabled", value=False),
)
