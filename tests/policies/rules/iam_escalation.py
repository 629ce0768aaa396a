from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.identities import ORDERLY, TABLE, attached, granted
from tests.policies.stacks import allow, document, made

CODE = "arn:aws:lambda:eu-west-1:111122223333:function:other"
DENIED = {"Effect": "Deny", "Action": "lambda:Update*", "Resource": "*"}


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Give the judged role one policy more."""
    more = document(allow("iam:PutRolePolicy", judged["outputs"]["arn"]))
    return [*resources, made(aws.IAM_ROLE_POLICY, "more", role=judged["id"], policy=more)]


FIXTURE = Fixture(
    holds=ORDERLY | {"denied again": granted(allow("lambda:UpdateFunctionCode", CODE), DENIED)},
    breaks={
        "rewrites code": granted(allow("lambda:UpdateFunctionCode", CODE)),
        "by a prefix": granted(allow("iam:Put*", TABLE)),
        "by NotAction": granted({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}),
        "two together": granted(allow("iam:PassRole", CODE), allow("ec2:RunInstances", "*")),
        "attached": attached(allow("iam:CreatePolicyVersion", TABLE)),
        "embedded": made(
            aws.IAM_ROLE,
            inlinePolicies=[{"name": "x", "policy": document(allow("iam:CreateAccessKey"))}],
        ),
        "a deny that may not apply": granted(
            allow("lambda:UpdateFunctionCode", CODE),
            DENIED | {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}},
        ),
    },
    mutation=change,
)
