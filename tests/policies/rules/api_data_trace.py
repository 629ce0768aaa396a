from tests.policies.fixture import Fixture, put
from tests.policies.stages import settings

FIXTURE = Fixture(
    holds={"off": settings(dataTraceEnabled=False), "nothing said": settings()},
    breaks={
        "on": settings(dataTraceEnabled=True),
        "on, in words": settings(dataTraceEnabled="true"),
    },
    mutation=put("settings.dataTraceEnabled", True),  # noqa: FBT003  # the property's value
)
