from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, made

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
OURS = f"arn:aws:iam::{ACCOUNT}:policy/reader"

FIXTURE = Fixture(
    holds={
        "ours": made(aws.IAM_ROLE_POLICY_ATTACHMENT, role="worker", policyArn=OURS),
        "a role without": made(aws.IAM_ROLE),
        "a role with ours": made(aws.IAM_ROLE, managedPolicyArns=[OURS]),
    },
    breaks={
        "an administrator": made(aws.IAM_ROLE_POLICY_ATTACHMENT, policyArn=ADMINISTRATOR),
        "a service's": made(aws.IAM_ROLE_POLICY_ATTACHMENT, policyArn=BASIC),
        "in China": made(
            aws.IAM_ROLE_POLICY_ATTACHMENT, policyArn=BASIC.replace("arn:aws:", "arn:aws-cn:")
        ),
        "of a user": made(aws.IAM_POLICY_ATTACHMENTS[1], policyArn=ADMINISTRATOR),
        "listed by the role": made(aws.IAM_ROLE, managedPolicyArns=[OURS, BASIC]),
    },
    mutation=put("managedPolicyArns", [BASIC]),
)
