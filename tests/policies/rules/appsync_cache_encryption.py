from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def cache(**switches: bool) -> Made:
    return made(aws.APPSYNC_CACHE, **switches)


FIXTURE = Fixture(
    holds={"both": cache(atRestEncryptionEnabled=True, transitEncryptionEnabled=True)},
    breaks={
        "none": cache(),
        "stored only": cache(atRestEncryptionEnabled=True),
        "on the way only": cache(transitEncryptionEnabled=True),
    },
    mutation=put("transitEncryptionEnabled", False),  # noqa: FBT003  # the property's value
)
