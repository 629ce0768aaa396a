from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"signed": made(aws.LAMBDA_FUNCTION_URL, authorizationType="AWS_IAM")},
    breaks={
        "open": made(aws.LAMBDA_FUNCTION_URL, authorizationType="NONE"),
        "nothing said": made(aws.LAMBDA_FUNCTION_URL),
    },
    mutation=put("authorizationType", "NONE"),
)
