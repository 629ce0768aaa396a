from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

STRONG: dict[str, Any] = {
    "minimumLength": 14,
    "requireLowercase": True,
    "requireNumbers": True,
    "requireSymbols": True,
    "requireUppercase": True,
}


def pool(**changed: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.COGNITO_USER_POOL, passwordPolicy=STRONG | changed)


FIXTURE = Fixture(
    holds={"strong": pool(), "invited for a day": pool(temporaryPasswordValidityDays=1)},
    breaks={
        "none": made(aws.COGNITO_USER_POOL),
        "short": pool(minimumLength=6),
        "no length": pool(minimumLength=None),
        "only letters": pool(requireNumbers=False, requireSymbols=False),
        "invited for a month": pool(temporaryPasswordValidityDays=30),
    },
    mutation=put("passwordPolicy.minimumLength", 6),
)
