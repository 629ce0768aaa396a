from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

KEY = made(aws.KMS_KEY, "key")

FIXTURE = Fixture(
    holds={"ours": [made(aws.EFS_FILE_SYSTEM, encrypted=True, kmsKeyId=KEY.arn), KEY]},
    breaks={
        "none": made(aws.EFS_FILE_SYSTEM),
        "off": made(aws.EFS_FILE_SYSTEM, encrypted=False, kmsKeyId=KEY.arn),
        "the account's": made(aws.EFS_FILE_SYSTEM, encrypted=True),
    },
    mutation=put("encrypted", False),  # noqa: FBT003  # the property's value
)
