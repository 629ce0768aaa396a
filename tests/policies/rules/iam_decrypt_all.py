from tests.policies.fixture import Fixture
from tests.policies.identities import attached, boundary, granted, granting
from tests.policies.stacks import allow

KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234"
EVERY_KEY = "arn:aws:kms:eu-west-1:111122223333:key/*"

FIXTURE = Fixture(
    holds={
        "one key": granted(allow("kms:Decrypt", KEY)),
        "only encrypting": granted(allow("kms:Encrypt", "*")),
        "refusing": granted({"Effect": "Deny", "Action": "kms:*", "Resource": "*"}),
    },
    breaks={
        "on everything": granted(allow("kms:Decrypt", "*")),
        "every key": attached(allow("kms:Decrypt", EVERY_KEY)),
        "by wildcard": granted(allow("kms:*", "*")),
        "by another name": granted(allow("kms:ReEncrypt*", EVERY_KEY)),
        "everything but": granted({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}),
        "all but one": granted({"Effect": "Allow", "Action": "kms:Decrypt", "NotResource": KEY}),
    },
    not_applicable={"a boundary": boundary(allow("kms:Decrypt", "*"))},
    mutation=granting(allow("kms:Decrypt", EVERY_KEY)),
    also=("iam-wildcard-resources",),
)
