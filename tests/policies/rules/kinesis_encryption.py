from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

KEY = made(aws.KMS_KEY, "key")

FIXTURE = Fixture(
    holds={"ours": [made(aws.KINESIS_STREAM, encryptionType="KMS", kmsKeyId=KEY.arn), KEY]},
    breaks={
        "none": made(aws.KINESIS_STREAM),
        "a key that is not used": made(aws.KINESIS_STREAM, encryptionType="NONE", kmsKeyId=KEY.arn),
        "the account's": made(
            aws.KINESIS_STREAM, encryptionType="KMS", kmsKeyId="alias/aws/kinesis"
        ),
    },
    mutation=put("encryptionType", "NONE"),
)
