from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXED = made(aws.DYNAMODB_TABLE, "orders", billingMode="PROVISIONED", readCapacity=5)

FIXTURE = Fixture(
    holds={
        "on demand": made(aws.DYNAMODB_TABLE, billingMode="PAY_PER_REQUEST"),
        "autoscaled": [FIXED, made(aws.AUTOSCALING_TARGET, resourceId="table/orders")],
    },
    breaks={
        "fixed": FIXED,
        "the default": made(aws.DYNAMODB_TABLE),
        "another table's": [FIXED, made(aws.AUTOSCALING_TARGET, resourceId="table/users")],
    },
    mutation=put("billingMode", "PROVISIONED"),
)
