from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = "arn:aws:kms:eu-west-1:111122223333:key/x"


def group(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    given = {"atRestEncryptionEnabled": True, "transitEncryptionEnabled": True, "kmsKeyId": KEY}
    return made(aws.ELASTICACHE_GROUP, **{**given, **inputs})


FIXTURE = Fixture(
    holds={
        "both": group(),
        "serverless": made(aws.ELASTICACHE_SERVERLESS, kmsKeyId=KEY),
    },
    breaks={
        "readable": group(atRestEncryptionEnabled=False),
        "readable on the way": group(transitEncryptionEnabled=False),
        "the account's key": group(kmsKeyId=None),
        "nothing said": made(aws.ELASTICACHE_GROUP),
        "serverless, the account's key": made(aws.ELASTICACHE_SERVERLESS),
    },
    mutation=put("transitEncryptionEnabled", False),  # noqa: FBT003  # the property's value
)
