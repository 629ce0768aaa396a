from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.APPSYNC_API, xrayEnabled=True)},
    breaks={"off": made(aws.APPSYNC_API, xrayEnabled=False), "default": made(aws.APPSYNC_API)},
    mutation=put("xrayEnabled", False),  # noqa: FBT003  # the property's value
)
