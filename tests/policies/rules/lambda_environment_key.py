from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

VARIABLES = {"variables": {"TABLE": "orders"}}

FIXTURE = Fixture(
    holds={
        "a key": made(aws.LAMBDA_FUNCTION, environment=VARIABLES, kmsKeyArn="arn:aws:kms:::key/1")
    },
    breaks={"no key": made(aws.LAMBDA_FUNCTION, environment=VARIABLES)},
    not_applicable={"no variables": made(aws.LAMBDA_FUNCTION)},
    mutation=put("kmsKeyArn", None),
)
