from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, OWN, ROLE, boundary, granted, granting
from tests.policies.stacks import allow

TO_LAMBDA = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
TO_ALL = {"StringLike": {"iam:PassedToService": "*"}}
MAYBE = {"StringEqualsIfExists": TO_LAMBDA["StringEquals"]}
NOT_TO_EC2 = {"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
ALL_BUT = {"Effect": "Allow", "Action": "iam:PassRole", "NotResource": ROLE.arn}

FIXTURE = Fixture(
    holds=ORDERLY
    | {"one role to one service": granted(allow("iam:PassRole", ROLE.arn, Condition=TO_LAMBDA))},
    breaks={
        "to any service": granted(allow("iam:PassRole", ROLE.arn)),
        "to any service, by wildcard": granted(allow("iam:PassRole", ROLE.arn, Condition=TO_ALL)),
        "to any service, if none is said": granted(
            allow("iam:PassRole", ROLE.arn, Condition=MAYBE)
        ),
        "to all services but one": granted(allow("iam:PassRole", ROLE.arn, Condition=NOT_TO_EC2)),
        "any role": granted(allow("iam:PassRole", "arn:aws:iam::*:role/*", Condition=TO_LAMBDA)),
        "any role but one": granted(ALL_BUT | {"Condition": TO_LAMBDA}),
        "by a wildcard": granted(allow("iam:Pass*", ROLE.arn)),
        "by NotAction": granted(
            {"Effect": "Allow", "NotAction": "s3:*", "Resource": ROLE.arn, "Condition": TO_ALL}
        ),
    },
    not_applicable={"a permissions boundary": boundary(allow("iam:PassRole", ROLE.arn))},
    mutation=granting(allow("iam:PassRole", OWN)),
)
