from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.identities import ORDERLY, ROLE, TABLE, attached, granted
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

CODE = "arn:aws:lambda:eu-west-1:111122223333:function:other"
DENIED = {"Effect": "Deny", "Action": "lambda:Update*", "Resource": "*"}
TO_LAMBDA = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
REWRITES = document(allow("iam:PutRolePolicy", TABLE))
POLICY = made(aws.IAM_POLICY, "managed", policy=REWRITES)
USER = made(aws.IAM_USER, "deployer")
GROUP = made(aws.IAM_GROUP, "deployers")
LIMIT = made(aws.IAM_POLICY, "limit", policy=document(allow("dynamodb:*")))
WIDE_LIMIT = made(aws.IAM_POLICY, "limit", policy=document(allow("*")))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Give the judged role one policy more, and take its boundary away."""
    judged["inputs"].pop("permissionsBoundary", None)
    more = document(allow("iam:PutRolePolicy", judged["outputs"]["arn"]))
    return [*resources, made(aws.IAM_ROLE_POLICY, "more", role=judged["id"], policy=more)]


def together(**identities: list[str]) -> Made:
    return made(aws.IAM_POLICY_ATTACHMENT, "both", policyArn=POLICY.arn, **identities)


def bounded(limit: Made | str) -> list[Made]:
    arn = limit if isinstance(limit, str) else limit.arn
    role = made(aws.IAM_ROLE, "worker-role", assumeRolePolicy="{}", permissionsBoundary=arn)
    documents = [] if isinstance(limit, str) else [limit]
    return [role, *documents, made(aws.IAM_ROLE_POLICY, role=role.id, policy=REWRITES)]


FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "denied again": granted(allow("lambda:UpdateFunctionCode", CODE), DENIED),
        "a role for functions, and machines": granted(
            allow("iam:PassRole", CODE, Condition=TO_LAMBDA), allow("ec2:RunInstances", "*")
        ),
        "kept in by its boundary": bounded(LIMIT),
        "a user": [USER, made(aws.IAM_USER_POLICY, user=USER.id, policy=document(allow("a:B")))],
        "a policy of AWS that only writes logs": [
            ROLE,
            made(
                aws.IAM_ROLE_POLICY_ATTACHMENT,
                role=ROLE.id,
                policyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            ),
        ],
        "a policy of AWS, which is another rule's subject": made(
            aws.IAM_ROLE, managedPolicyArns=["arn:aws:iam::aws:policy/IAMFullAccess"]
        ),
    },
    breaks={
        "rewrites code": granted(allow("lambda:UpdateFunctionCode", CODE)),
        "by a prefix": granted(allow("iam:Put*", TABLE)),
        "in capitals": granted(allow("IAM:PUTROLEPOLICY", TABLE)),
        "by NotAction": granted({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}),
        "two together": granted(allow("iam:PassRole", CODE), allow("ec2:RunInstances", "*")),
        "a role for functions, and functions": granted(
            allow("iam:PassRole", CODE, Condition=TO_LAMBDA),
            allow(["lambda:CreateFunction", "lambda:InvokeFunction"], CODE),
        ),
        "attached": attached(allow("iam:CreatePolicyVersion", TABLE)),
        "attached to several roles": [ROLE, POLICY, together(roles=[ROLE.id])],
        "attached to several users": [USER, POLICY, together(users=[USER.id])],
        "attached to several groups": [GROUP, POLICY, together(groups=[GROUP.id])],
        "attached to a user": [
            USER,
            POLICY,
            made(aws.IAM_USER_POLICY_ATTACHMENT, user=USER.id, policyArn=POLICY.arn),
        ],
        "attached with all others of a role": [
            ROLE,
            POLICY,
            made(aws.IAM_ROLE_ATTACHMENTS, roleName=ROLE.id, policyArns=[POLICY.arn]),
        ],
        "listed by the role": [
            POLICY,
            made(aws.IAM_ROLE, assumeRolePolicy="{}", managedPolicyArns=[POLICY.arn]),
        ],
        "a user, inline": [USER, made(aws.IAM_USER_POLICY, user=USER.id, policy=REWRITES)],
        "a group, inline": [GROUP, made(aws.IAM_GROUP_POLICY, group=GROUP.id, policy=REWRITES)],
        "a user through groups": [
            USER,
            GROUP,
            made(aws.IAM_USER_GROUPS, user=USER.id, groups=[GROUP.id]),
            made(
                aws.IAM_USER_POLICY,
                user=USER.id,
                policy=document(allow("iam:PassRole", CODE)),
            ),
            made(
                aws.IAM_GROUP_POLICY,
                group=GROUP.id,
                policy=document(allow("ec2:RunInstances", "*")),
            ),
        ],
        "with a policy of AWS": [
            ROLE,
            made(aws.IAM_ROLE_POLICY, role=ROLE.id, policy=document(allow("iam:PassRole", CODE))),
            made(
                aws.IAM_ROLE_POLICY_ATTACHMENT,
                role=ROLE.id,
                policyArn="arn:aws:iam::aws:policy/AmazonEC2FullAccess",
            ),
        ],
        "of a role elsewhere, inline": made(aws.IAM_ROLE_POLICY, role="older", policy=REWRITES),
        "of a role elsewhere, attached": [
            POLICY,
            made(aws.IAM_ROLE_POLICY_ATTACHMENT, role="older", policyArn=POLICY.arn),
        ],
        "of a permission set": made(aws.IAM_PERMISSION_SET_POLICY, inlinePolicy=REWRITES),
        "not attached yet": POLICY,
        "embedded": made(
            aws.IAM_ROLE,
            inlinePolicies=[{"name": "x", "policy": document(allow("iam:CreateAccessKey"))}],
        ),
        "a boundary that keeps nobody in": bounded(WIDE_LIMIT),
        "a boundary of AWS that keeps nobody in": bounded(
            "arn:aws:iam::aws:policy/AdministratorAccess"
        ),
        "a deny that may not apply": granted(
            allow("lambda:UpdateFunctionCode", CODE),
            DENIED | {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}},
        ),
        "a deny of something else": granted(
            allow("lambda:UpdateFunctionCode", "*"), DENIED | {"Resource": CODE}
        ),
    },
    undecided={
        "a policy from elsewhere": [
            ROLE,
            made(
                aws.IAM_ROLE_POLICY_ATTACHMENT,
                role=ROLE.id,
                policyArn=f"arn:aws:iam::{ACCOUNT}:policy/older",
            ),
        ],
        "a boundary from elsewhere": bounded(f"arn:aws:iam::{ACCOUNT}:policy/older"),
    },
    mutation=change,
    also=("iam-boundary",),
)
