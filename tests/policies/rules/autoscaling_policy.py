from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import Made, made


def part(kind: str, resource: str = "function:worker:live") -> Made:
    return made(
        kind, resourceId=resource, scalableDimension="lambda:function:ProvisionedConcurrency"
    )


TARGET = part(aws.AUTOSCALING_TARGET)

FIXTURE = Fixture(
    holds={"with a policy": [TARGET, part(aws.AUTOSCALING_POLICY)]},
    breaks={
        "alone": TARGET,
        "a policy for another": [TARGET, part(aws.AUTOSCALING_POLICY, "function:other:live")],
    },
    mutation=drop(aws.AUTOSCALING_POLICY),
)
