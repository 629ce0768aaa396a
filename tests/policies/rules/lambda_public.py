from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, made


def permission(principal: str, **inputs: str) -> Made:
    return made(aws.LAMBDA_PERMISSION, function="worker", principal=principal, **inputs)


FIXTURE = Fixture(
    holds={
        "an API": permission("apigateway.amazonaws.com", sourceArn="arn:aws:execute-api:::a/*"),
        "a bucket": permission(
            "s3.amazonaws.com", sourceArn="arn:aws:s3:::papers", sourceAccount=ACCOUNT
        ),
        "an account": permission(ACCOUNT),
    },
    breaks={
        "everyone": permission("*"),
        "any API": permission("apigateway.amazonaws.com"),
        "a bucket of any account": permission("s3.amazonaws.com", sourceArn="arn:aws:s3:::papers"),
    },
    mutation=put("principal", "*"),
)
