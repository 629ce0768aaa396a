from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.COGNITO_USER_POOL, mfaConfiguration="ON")},
    breaks={
        "the default": made(aws.COGNITO_USER_POOL),
        "off": made(aws.COGNITO_USER_POOL, mfaConfiguration="OFF"),
        "as one likes": made(aws.COGNITO_USER_POOL, mfaConfiguration="OPTIONAL"),
    },
    mutation=put("mfaConfiguration", "OFF"),
)
