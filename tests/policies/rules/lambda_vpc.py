from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

TWO = ["subnet-a", "subnet-b"]

FIXTURE = Fixture(
    holds={
        "two subnets": made(
            aws.LAMBDA_FUNCTION, vpcConfig={"subnetIds": TWO, "securityGroupIds": ["sg-1"]}
        )
    },
    breaks={
        "outside": made(aws.LAMBDA_FUNCTION),
        "one subnet": made(
            aws.LAMBDA_FUNCTION,
            vpcConfig={"subnetIds": ["subnet-a"], "securityGroupIds": ["sg-1"]},
        ),
        "no security group": made(aws.LAMBDA_FUNCTION, vpcConfig={"subnetIds": TWO}),
    },
    mutation=put("vpcConfig", {}),
)
