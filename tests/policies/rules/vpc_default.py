from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import made

NETWORK = made(aws.VPC, "network")


def change(resources: list[Recorded], _: Recorded) -> list[Recorded]:
    """Adopt the default network, and leave everything where it is."""
    return [*resources, made(aws.DEFAULT_VPC, "default")]


FIXTURE = Fixture(
    holds={"a network of its own": [NETWORK, made(aws.SECURITY_GROUP, vpcId=NETWORK.id)]},
    breaks={
        "no network named": made(aws.SECURITY_GROUP),
        "the network adopted": made(aws.DEFAULT_VPC),
        "a subnet adopted": made(aws.DEFAULT_SUBNET, availabilityZone="eu-west-1a"),
    },
    mutation=change,
)
