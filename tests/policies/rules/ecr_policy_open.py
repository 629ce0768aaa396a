from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, document, made

PULL = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def policy(principal: object, **more: object) -> str:
    return document({"Effect": "Allow", "Action": PULL, "Principal": principal, **more})


FIXTURE = Fixture(
    holds={
        "a role": made(aws.ECR_POLICY, policy=policy({"AWS": f"arn:aws:iam::{ACCOUNT}:role/ci"})),
        "Lambda for this account": made(
            aws.ECR_POLICY, policy=policy({"Service": "lambda.amazonaws.com"}, Condition=FROM_US)
        ),
    },
    breaks={
        "everyone": made(aws.ECR_POLICY, policy=policy("*")),
        "everyone, as AWS": made(aws.ECR_POLICY, policy=policy({"AWS": "*"})),
        "Lambda for anyone": made(
            aws.ECR_POLICY, policy=policy({"Service": "lambda.amazonaws.com"})
        ),
    },
    mutation=put("policy", policy("*")),
)
