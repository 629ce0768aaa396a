from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.STATE_MACHINE, tracingConfiguration={"enabled": True})},
    breaks={
        "off": made(aws.STATE_MACHINE, tracingConfiguration={"enabled": False}),
        "nothing said": made(aws.STATE_MACHINE),
    },
    mutation=put("tracingConfiguration", {}),
)
