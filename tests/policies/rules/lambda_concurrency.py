from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "ten": made(aws.LAMBDA_FUNCTION, reservedConcurrentExecutions=10),
        "switched off": made(aws.LAMBDA_FUNCTION, reservedConcurrentExecutions=0),
    },
    breaks={
        "absent": made(aws.LAMBDA_FUNCTION),
        "the provider's none": made(aws.LAMBDA_FUNCTION, reservedConcurrentExecutions=-1),
    },
    mutation=put("reservedConcurrentExecutions", -1),
)
