from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

KEY = made(aws.KMS_KEY, "key")
TAGS = {"data-class": "confidential"}
BUCKET = made(aws.BUCKET[0], "papers", tags=TAGS)
NO_KEY = [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]
OURS = [
    {
        "applyServerSideEncryptionByDefault": {
            "sseAlgorithm": "aws:kms:dsse",
            "kmsMasterKeyId": KEY.arn,
        }
    }
]

FIXTURE = Fixture(
    holds={
        "a bucket": [BUCKET, KEY, made(aws.BUCKET_ENCRYPTION[0], bucket=BUCKET.id, rules=OURS)],
        "a queue": [made(aws.SQS_QUEUE, tags=TAGS, kmsMasterKeyId=KEY.arn), KEY],
    },
    breaks={
        "a bucket": [BUCKET, made(aws.BUCKET_ENCRYPTION[0], bucket=BUCKET.id, rules=NO_KEY)],
        "a table of personal data": made(aws.DYNAMODB_TABLE, tags={"data-class": "personal"}),
        "a queue": made(aws.SQS_QUEUE, tags=TAGS, kmsMasterKeyId="alias/aws/sqs"),
        "a database": made(aws.RDS_CLUSTER, tags=TAGS, storageEncrypted=True),
    },
    not_applicable={
        "what everyone here may see": made(aws.BUCKET[0], tags={"data-class": "internal"}),
        "nobody knows what": made(aws.DYNAMODB_TABLE),
    },
    mutation=put("rules", NO_KEY, on=aws.BUCKET_ENCRYPTION[0]),
    also=("s3-encryption",),
)
