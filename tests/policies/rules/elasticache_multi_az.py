from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def group(**switches: bool) -> Made:
    return made(aws.ELASTICACHE_GROUP, **switches)


FIXTURE = Fixture(
    holds={"both": group(automaticFailoverEnabled=True, multiAzEnabled=True)},
    breaks={
        "none": group(),
        "failover only": group(automaticFailoverEnabled=True),
        "zones only": group(multiAzEnabled=True),
    },
    mutation=put("multiAzEnabled", False),  # noqa: FBT003  # the property's value
)
