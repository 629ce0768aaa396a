from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

KEY = made(aws.KMS_KEY, "key")

FIXTURE = Fixture(
    holds={
        "a cluster": [made(aws.RDS_CLUSTER, storageEncrypted=True, kmsKeyId=KEY.arn), KEY],
        "an instance": [made(aws.RDS_INSTANCE, storageEncrypted=True, kmsKeyId=KEY.arn), KEY],
    },
    breaks={
        "none": made(aws.RDS_CLUSTER),
        "off": made(aws.RDS_INSTANCE, storageEncrypted=False, kmsKeyId=KEY.arn),
        "the account's key": made(aws.RDS_CLUSTER, storageEncrypted=True),
        "the account's key, by name": made(
            aws.RDS_CLUSTER, storageEncrypted=True, kmsKeyId="alias/aws/rds"
        ),
    },
    mutation=put("storageEncrypted", value=False),
    also=("data-class-key",),
)
