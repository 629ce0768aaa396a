from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"supported": made(aws.LAMBDA_FUNCTION, runtime="python3.13")},
    breaks={
        "deprecated": made(aws.LAMBDA_FUNCTION, packageType="Zip", runtime="python3.8"),
        "a longer name": made(aws.LAMBDA_FUNCTION, runtime="python3.130"),
    },
    not_applicable={"an image": made(aws.LAMBDA_FUNCTION, packageType="Image")},
    mutation=put("runtime", "nodejs16.x"),
)
