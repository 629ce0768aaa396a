from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

FIXED = made(aws.DYNAMODB_TABLE, "orders", billingMode="PROVISIONED", readCapacity=5)


def scaled(kind: str, part: str = aws.AUTOSCALING_TARGET, table: str = "orders") -> Made:
    dimension = f"dynamodb:table:{kind}CapacityUnits"
    return made(part, kind, resourceId=f"table/{table}", scalableDimension=dimension)


TARGETS = [scaled("Read"), scaled("Write")]
POLICIES = [scaled("Read", aws.AUTOSCALING_POLICY), scaled("Write", aws.AUTOSCALING_POLICY)]

FIXTURE = Fixture(
    holds={
        "on demand": made(aws.DYNAMODB_TABLE, billingMode="PAY_PER_REQUEST"),
        "autoscaled": [FIXED, *TARGETS, *POLICIES],
    },
    breaks={
        "fixed": FIXED,
        "the default": made(aws.DYNAMODB_TABLE),
        "targets that nothing moves": [FIXED, *TARGETS],
        "reading only": [FIXED, TARGETS[0], POLICIES[0]],
        "another table's": [
            FIXED,
            scaled("Read", table="users"),
            scaled("Read", aws.AUTOSCALING_POLICY, table="users"),
        ],
        "a policy for another table": [
            FIXED,
            *TARGETS,
            scaled("Read", aws.AUTOSCALING_POLICY, table="users"),
        ],
    },
    mutation=put("billingMode", "PROVISIONED"),
)
