from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.RDS_PROXY, requireTls=True)},
    breaks={
        "the default": made(aws.RDS_PROXY),
        "off": made(aws.RDS_PROXY, requireTls=False),
    },
    mutation=put("requireTls", value=False),
)
