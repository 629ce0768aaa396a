from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

BUCKET = made(aws.BUCKET[0], "papers")
KEY = made(aws.KMS_KEY, "key")
LOGGING = made(aws.BUCKET_LOGGING[0], bucket="documents", targetBucket=BUCKET.id)


def rule(**default: str) -> dict[str, object]:
    return {"applyServerSideEncryptionByDefault": default}


def encryption(bucket: str = BUCKET.id, **default: str) -> Made:
    return made(aws.BUCKET_ENCRYPTION[0], bucket=bucket, rules=[rule(**default)])


OURS = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY.arn}

FIXTURE = Fixture(
    holds={
        "beside the bucket": [BUCKET, KEY, encryption(**OURS)],
        "on the bucket": [
            KEY,
            made(aws.BUCKET[0], serverSideEncryptionConfiguration={"rule": rule(**OURS)}),
        ],
    },
    breaks={
        "none": BUCKET,
        "the key of S3": [BUCKET, encryption(sseAlgorithm="AES256")],
        "the account's key for S3": [BUCKET, encryption(sseAlgorithm="aws:kms")],
        "the same, by name": [
            BUCKET,
            encryption(sseAlgorithm="aws:kms", kmsMasterKeyId="alias/aws/s3"),
        ],
        "a key that S3 ignores": [BUCKET, KEY, encryption(**{**OURS, "sseAlgorithm": "AES256"})],
        "the same, on the bucket": [
            KEY,
            made(
                aws.BUCKET[0],
                serverSideEncryptionConfiguration={
                    "rule": rule(**{**OURS, "sseAlgorithm": "AES256"})
                },
            ),
        ],
        "another bucket's": [BUCKET, KEY, encryption("reports", **OURS)],
    },
    not_applicable={"where access logs arrive": [BUCKET, LOGGING]},
    mutation=put("rules", [rule(sseAlgorithm="AES256")], on=aws.BUCKET_ENCRYPTION[0]),
    also=("data-class-key",),
)
