from rampart_policies import aws
from rampart_policies.iam.grants import ATTACHMENTS
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, made

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
OURS = f"arn:aws:iam::{ACCOUNT}:policy/reader"


def attached(arn: str, kind: str) -> Made:
    return made(kind, **{"policyArns": [arn]} if "Exclusive" in kind else {"policyArn": arn})


FIXTURE = Fixture(
    holds={kind: attached(OURS, kind) for kind in ATTACHMENTS}
    | {
        "a role without": made(aws.IAM_ROLE),
        "a role with ours": made(aws.IAM_ROLE, managedPolicyArns=[OURS]),
    },
    breaks={kind: attached(BASIC, kind) for kind in ATTACHMENTS}
    | {
        "in China": attached(
            BASIC.replace("arn:aws:", "arn:aws-cn:"), aws.IAM_ROLE_POLICY_ATTACHMENT
        ),
        "listed by the role": made(aws.IAM_ROLE, managedPolicyArns=[OURS, BASIC]),
    },
    mutation=put("managedPolicyArns", [BASIC]),
)
