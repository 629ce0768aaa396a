from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import Made, made

BUCKET = made(aws.BUCKET[0], "papers")


def versioning(bucket: str) -> Made:
    status = {"status": "Enabled"}
    return made(aws.BUCKET_VERSIONING[0], bucket=bucket, versioningConfiguration=status)


FIXTURE = Fixture(
    holds={
        "beside the bucket": [BUCKET, versioning(BUCKET.id)],
        "on the bucket": made(aws.BUCKET[0], versioning={"enabled": True}),
    },
    breaks={
        "none": BUCKET,
        "off": made(aws.BUCKET[0], versioning={"enabled": False}),
        "another bucket's": [BUCKET, versioning("reports")],
    },
    mutation=drop(aws.BUCKET_VERSIONING[0]),
)
