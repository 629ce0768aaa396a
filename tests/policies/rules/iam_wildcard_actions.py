from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, OWN, TABLE, attached, boundary, granted, granting
from tests.policies.stacks import allow

FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "a wide deny": granted(
            allow("dynamodb:GetItem", TABLE), {"Effect": "Deny", "Action": "*", "Resource": "*"}
        ),
        "lists, another rule's subject": granted(allow(["ec2:Describe*", "sqs:List*"], "*")),
    },
    breaks={
        "everything": granted(allow("*", TABLE)),
        "a service": granted(allow("dynamodb:*", TABLE)),
        "a service, in capitals": granted(allow("DYNAMODB:*", TABLE)),
        "a prefix": granted(allow(["dynamodb:GetItem", "dynamodb:Put*"], TABLE)),
        "reading": granted(allow("s3:Get*", TABLE)),
        "all but one": granted({"Effect": "Allow", "NotAction": "iam:PassRole", "Resource": TABLE}),
        "attached": attached(allow("s3:*", TABLE)),
        "in small letters": granted({"effect": "allow", "action": "s3:*", "resource": TABLE}),
    },
    not_applicable={"a permissions boundary": boundary(allow("dynamodb:*"))},
    mutation=granting(allow("iam:Get*", OWN)),
)
