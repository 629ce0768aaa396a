from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "the default": made(aws.COGNITO_IDENTITY_POOL),
        "off": made(aws.COGNITO_IDENTITY_POOL, allowUnauthenticatedIdentities=False),
    },
    breaks={"on": made(aws.COGNITO_IDENTITY_POOL, allowUnauthenticatedIdentities=True)},
    mutation=put("allowUnauthenticatedIdentities", value=True),
)
