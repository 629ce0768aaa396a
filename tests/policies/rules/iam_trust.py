from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

OTHER = "arn:aws:iam::999988887777:root"
AGREED = {"StringEquals": {"sts:ExternalId": "f3b1"}}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


def trust(principal: object, **more: object) -> str:
    return document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


def role(principal: object, **more: object) -> Made:
    return made(aws.IAM_ROLE, assumeRolePolicy=trust(principal, **more))


FIXTURE = Fixture(
    holds={
        "a service": role({"Service": "lambda.amazonaws.com"}),
        "another account, by agreement": role({"AWS": OTHER}, Condition=AGREED),
        "another account of the organisation": role({"AWS": OTHER}, Condition=ORGANIZATION),
        "everyone of the organisation": role("*", Condition=ORGANIZATION),
        "everyone of an account": role(
            "*", Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}
        ),
    },
    breaks={
        "everyone": role("*"),
        "another account": role({"AWS": OTHER}),
        "another account, by number": role({"AWS": "999988887777"}),
        "everyone outside": role({"AWS": "*"}, Condition={"Bool": {"aws:SecureTransport": "true"}}),
        "any external id": role({"AWS": OTHER}, Condition={"StringLike": {"sts:ExternalId": "*"}}),
        "an external id, if there is one": role(
            {"AWS": OTHER}, Condition={"StringEqualsIfExists": AGREED["StringEquals"]}
        ),
        "any other external id": role(
            {"AWS": OTHER}, Condition={"StringNotEquals": AGREED["StringEquals"]}
        ),
        # An external id is no secret: https://docs.aws.amazon.com/IAM/latest/UserGuide/
        # id_roles_common-scenarios_third-party.html
        "everyone with an external id": role("*", Condition=AGREED),
        "any organisation": role("*", Condition={"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
    },
    mutation=put("assumeRolePolicy", trust({"AWS": OTHER})),
)
