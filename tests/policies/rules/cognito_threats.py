from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def pool(mode: str) -> Made:
    return made(aws.COGNITO_USER_POOL, userPoolAddOns={"advancedSecurityMode": mode})


FIXTURE = Fixture(
    holds={"enforced": pool("ENFORCED")},
    breaks={
        "none": made(aws.COGNITO_USER_POOL),
        "only watched": pool("AUDIT"),
        "off": pool("OFF"),
    },
    mutation=put("userPoolAddOns.advancedSecurityMode", "AUDIT"),
)
