from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"active": made(aws.LAMBDA_FUNCTION, tracingConfig={"mode": "Active"})},
    breaks={
        "absent": made(aws.LAMBDA_FUNCTION),
        "PassThrough": made(aws.LAMBDA_FUNCTION, tracingConfig={"mode": "PassThrough"}),
    },
    mutation=put("tracingConfig", {"mode": "PassThrough"}),
)
