from rampart_policies import aws
from rampart_policies.iam.grants import ATTACHMENTS
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, made

BY_AWS = "arn:aws:iam::aws:policy/"
ADMINISTRATOR = f"{BY_AWS}AdministratorAccess"
BASIC = f"{BY_AWS}service-role/AWSLambdaBasicExecutionRole"
OURS = f"arn:aws:iam::{ACCOUNT}:policy/reader"


def attached(arn: str, kind: str = aws.IAM_ROLE_POLICY_ATTACHMENT) -> Made:
    return made(kind, **{"policyArns": [arn]} if "Exclusive" in kind else {"policyArn": arn})


FIXTURE = Fixture(
    holds={
        "ours": attached(OURS),
        "one that only writes logs": attached(BASIC),
        "a role without": made(aws.IAM_ROLE),
    },
    breaks={kind: attached(ADMINISTRATOR, kind) for kind in ATTACHMENTS}
    | {
        "passes roles to functions": attached(f"{BY_AWS}AWSLambda_FullAccess"),
        "everything of IAM": attached(f"{BY_AWS}IAMFullAccess"),
        "rewrites every function": attached(f"{BY_AWS}PowerUserAccess"),
        "by a longer path": attached(f"{BY_AWS}job-function/SystemAdministrator"),
        "in China": attached(ADMINISTRATOR.replace("arn:aws:", "arn:aws-cn:")),
        "listed by the role": made(aws.IAM_ROLE, managedPolicyArns=[OURS, ADMINISTRATOR]),
        "of a permission set": made(
            aws.IAM_PERMISSION_SET_ATTACHMENT, managedPolicyArn=ADMINISTRATOR
        ),
    },
    mutation=put("managedPolicyArns", [ADMINISTRATOR]),
    also=("iam-managed-policies",),
)
