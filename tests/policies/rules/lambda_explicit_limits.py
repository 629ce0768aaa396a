from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"both": made(aws.LAMBDA_FUNCTION, memorySize=512, timeout=30)},
    breaks={
        "no timeout": made(aws.LAMBDA_FUNCTION, memorySize=512),
        "no memory": made(aws.LAMBDA_FUNCTION, timeout=30),
        "filled in by the provider": made(aws.LAMBDA_FUNCTION, memorySize=128, timeout=3),
    },
    mutation=put("memorySize", None),
)
