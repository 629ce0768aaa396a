from rampart_policies import aws
from tests.policies.carriers import granting, open_wide, unclear, well_kept
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, made

CARRIERS = {aws.EVENT_BUS_POLICY: "policy"}
ORGANIZATION = {"key": "aws:PrincipalOrgID", "type": "StringEquals", "value": "o-a1b2c3d4e5"}


def permission(principal: str, **inputs: object) -> Made:
    return made(aws.EVENT_BUS_PERMISSION, eventBusName="shop", principal=principal, **inputs)


FIXTURE = Fixture(
    holds=well_kept(CARRIERS)
    | {
        "an account": permission(ACCOUNT),
        "the organisation, as a permission": permission("*", condition=ORGANIZATION),
    },
    breaks=open_wide(CARRIERS)
    | {
        "everyone, as a permission": permission("*"),
        "any organisation, as a permission": permission(
            "*", condition=ORGANIZATION | {"type": "StringLike", "value": "*"}
        ),
    },
    undecided=unclear(CARRIERS),
    mutation=put("policy", granting("*")),
)
