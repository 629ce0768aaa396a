from tests.policies.fixture import Fixture, put
from tests.policies.stages import settings

FIXTURE = Fixture(
    holds={"encrypted": settings(cachingEnabled=True, cacheDataEncrypted=True)},
    breaks={
        "readable": settings(cachingEnabled=True, cacheDataEncrypted=False),
        "nothing said": settings(cachingEnabled=True),
    },
    not_applicable={"no cache": settings()},
    mutation=put("settings.cacheDataEncrypted", False),  # noqa: FBT003  # the property's value
)
