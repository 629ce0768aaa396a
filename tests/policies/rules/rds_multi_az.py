from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.RDS_INSTANCE, multiAz=True)},
    breaks={
        "the default": made(aws.RDS_INSTANCE),
        "off": made(aws.RDS_INSTANCE, multiAz=False),
    },
    mutation=put("multiAz", value=False),
)
