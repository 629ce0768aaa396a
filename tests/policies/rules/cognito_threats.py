from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def pool(mode: str, tier: str | None = "PLUS") -> Made:
    add_ons = {"advancedSecurityMode": mode}
    return made(aws.COGNITO_USER_POOL, userPoolAddOns=add_ons, userPoolTier=tier)


FIXTURE = Fixture(
    holds={"enforced": pool("ENFORCED")},
    breaks={
        "none": made(aws.COGNITO_USER_POOL),
        "only watched": pool("AUDIT"),
        "off": pool("OFF"),
        "in a tier without": pool("ENFORCED", "ESSENTIALS"),
        "in the default tier": pool("ENFORCED", None),
    },
    mutation=put("userPoolAddOns.advancedSecurityMode", "AUDIT"),
)
