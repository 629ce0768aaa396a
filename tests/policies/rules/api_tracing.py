from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.API_STAGE, xrayTracingEnabled=True)},
    breaks={
        "off": made(aws.API_STAGE, xrayTracingEnabled=False),
        "nothing said": made(aws.API_STAGE),
    },
    mutation=put("xrayTracingEnabled", False),  # noqa: FBT003  # the property's value
)
