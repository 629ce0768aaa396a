from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, OWN, ROLE, boundary, granted, granting
from tests.policies.stacks import allow

TO_LAMBDA = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}

FIXTURE = Fixture(
    holds=ORDERLY
    | {"one role to one service": granted(allow("iam:PassRole", ROLE.arn, Condition=TO_LAMBDA))},
    breaks={
        "to any service": granted(allow("iam:PassRole", ROLE.arn)),
        "any role": granted(allow("iam:PassRole", "arn:aws:iam::*:role/*", Condition=TO_LAMBDA)),
        "by a wildcard": granted(allow("iam:Pass*", ROLE.arn)),
    },
    not_applicable={"a permissions boundary": boundary(allow("iam:PassRole", ROLE.arn))},
    mutation=granting(allow("iam:PassRole", OWN)),
)
