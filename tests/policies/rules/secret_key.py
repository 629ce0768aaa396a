from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

KEY = made(aws.KMS_KEY, "key")

FIXTURE = Fixture(
    holds={"ours": [made(aws.SECRET, kmsKeyId=KEY.arn), KEY]},
    breaks={
        "none": made(aws.SECRET),
        "the account's": made(aws.SECRET, kmsKeyId="alias/aws/secretsmanager"),
    },
    mutation=put("kmsKeyId", None),
)
