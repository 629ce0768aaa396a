from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, made


def permission(principal: str, **inputs: str) -> Made:
    return made(
        aws.LAMBDA_LAYER_PERMISSION,
        action="lambda:GetLayerVersion",
        layerName="numbers",
        principal=principal,
        **inputs,
    )


FIXTURE = Fixture(
    holds={
        "an account": permission(ACCOUNT),
        "an organisation": permission("*", organizationId="o-a1b2c3d4e5"),
        "a profile for an account": made(
            aws.SIGNING_PERMISSION, action="signer:StartSigningJob", principal=ACCOUNT
        ),
    },
    breaks={
        "everyone": permission("*"),
        "every organisation": permission("*", organizationId=""),
        "a profile for everyone": made(
            aws.SIGNING_PERMISSION, action="signer:StartSigningJob", principal="*"
        ),
    },
    mutation=put("principal", "*"),
)
