from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "the default": made(aws.SUBNET),
        "off": made(aws.SUBNET, mapPublicIpOnLaunch=False),
    },
    breaks={"on": made(aws.SUBNET, mapPublicIpOnLaunch=True)},
    mutation=put("mapPublicIpOnLaunch", value=True),
)
