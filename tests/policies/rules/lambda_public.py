from rampart_policies import aws
from tests.policies.carriers import FROM_US, ROLE, granting
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, made

STORAGE = {"Service": "s3.amazonaws.com"}
BUCKET = {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::papers"}}
RULE = f"arn:aws:events:eu-west-1:{ACCOUNT}:rule/nightly"


def permission(principal: str, **inputs: str) -> Made:
    return made(aws.LAMBDA_PERMISSION, function="worker", principal=principal, **inputs)


def whole(policy: str) -> Made:
    return made(aws.LAMBDA_RESOURCE_POLICY, resourceArn="arn:aws:lambda:::worker", policy=policy)


FIXTURE = Fixture(
    holds={
        "an API": permission(
            "apigateway.amazonaws.com",
            sourceArn=f"arn:aws:execute-api:eu-west-1:{ACCOUNT}:a/*/GET/orders",
        ),
        "a bucket": permission(
            "s3.amazonaws.com", sourceArn="arn:aws:s3:::papers", sourceAccount=ACCOUNT
        ),
        "our rules": permission("events.amazonaws.com", sourceArn=RULE.replace("nightly", "*")),
        "an account": permission(ACCOUNT),
        "a role": permission(f"arn:aws:iam::{ACCOUNT}:role/caller"),
        "an organisation": permission("*", principalOrgId="o-a1b2c3d4e5"),
        "one Alexa skill": permission("alexa-appkit.amazon.com", eventSourceToken="amzn1.skill"),
        "a whole policy": whole(granting(ROLE)),
        "a whole policy for a bucket": whole(granting(STORAGE, Condition=BUCKET | FROM_US)),
    },
    breaks={
        "everyone": permission("*"),
        "everyone, by URL": permission("*", functionUrlAuthType="NONE"),
        "everyone with credentials, by URL": permission("*", functionUrlAuthType="AWS_IAM"),
        "any API": permission("apigateway.amazonaws.com"),
        "any API, by wildcard": permission("apigateway.amazonaws.com", sourceArn="*"),
        "any account's API": permission(
            "apigateway.amazonaws.com", sourceArn="arn:aws:execute-api:eu-west-1:*:*/*/*"
        ),
        "any account's rule": permission(
            "events.amazonaws.com", sourceArn=RULE.replace(ACCOUNT, "*")
        ),
        "any Alexa skill": permission("alexa-appkit.amazon.com"),
        "a bucket of any account": permission("s3.amazonaws.com", sourceArn="arn:aws:s3:::papers"),
        "any bucket of that prefix": permission(
            "s3.amazonaws.com", sourceArn="arn:aws:s3:::papers*"
        ),
        "a whole policy for everyone": whole(granting("*")),
        "a whole policy for any service": whole(granting(STORAGE)),
        "a whole policy for a bucket of any account": whole(granting(STORAGE, Condition=BUCKET)),
    },
    mutation=put("sourceArn", "arn:aws:execute-api:eu-west-1:*:*"),
)
