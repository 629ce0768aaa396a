from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, OWN, TABLE, attached, boundary, granted, granting
from tests.policies.stacks import allow

FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "a wide deny": granted(
            allow("dynamodb:GetItem", TABLE), {"Effect": "Deny", "Action": "*", "Resource": "*"}
        )
    },
    breaks={
        "everything": granted(allow("*", TABLE)),
        "a service": granted(allow("dynamodb:*", TABLE)),
        "a prefix": granted(allow(["dynamodb:GetItem", "dynamodb:Put*"], TABLE)),
        "all but one": granted({"Effect": "Allow", "NotAction": "iam:PassRole", "Resource": TABLE}),
        "attached": attached(allow("s3:*", TABLE)),
    },
    not_applicable={"a permissions boundary": boundary(allow("dynamodb:*"))},
    mutation=granting(allow("iam:Get*", OWN)),
)
