from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, document, made

OTHER = "arn:aws:iam::999988887777:root"
AGREED = {"StringEquals": {"sts:ExternalId": "f3b1"}}


def trust(principal: object, **more: object) -> str:
    return document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


def role(principal: object, **more: object) -> Made:
    return made(aws.IAM_ROLE, assumeRolePolicy=trust(principal, **more))


FIXTURE = Fixture(
    holds={
        "a service": role({"Service": "lambda.amazonaws.com"}),
        "another account, by agreement": role({"AWS": OTHER}, Condition=AGREED),
    },
    breaks={
        "everyone": role("*"),
        "another account": role({"AWS": OTHER}),
        "another account, by number": role({"AWS": "999988887777"}),
        "everyone outside": role({"AWS": "*"}, Condition={"Bool": {"aws:SecureTransport": "true"}}),
    },
    mutation=put("assumeRolePolicy", trust({"AWS": OTHER})),
)
