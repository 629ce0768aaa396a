from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

BUCKET = made(aws.BUCKET[0], "papers")
VERSIONING = made(aws.BUCKET_VERSIONING[0], bucket=BUCKET.id)
OLD_VERSIONS: dict[str, Any] = {"noncurrentVersionExpiration": {"noncurrentDays": 30}}


def lifecycle(bucket: str = BUCKET.id, status: str = "Enabled", **rule: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.BUCKET_LIFECYCLE[0], bucket=bucket, rules=[{"status": status, **rule}])


FIXTURE = Fixture(
    holds={
        "old versions expire": [BUCKET, VERSIONING, lifecycle(**OLD_VERSIONS)],
        "no versions": [BUCKET, lifecycle(expiration={"days": 1})],
        "on the bucket": made(aws.BUCKET[0], lifecycleRules=[{"enabled": True}]),
    },
    breaks={
        "none": BUCKET,
        "switched off": [BUCKET, lifecycle(status="Disabled", **OLD_VERSIONS)],
        "only current versions": [BUCKET, VERSIONING, lifecycle(expiration={"days": 1})],
        "another bucket's": [BUCKET, lifecycle("reports", **OLD_VERSIONS)],
        "switched off on the bucket": made(aws.BUCKET[0], lifecycleRules=[{"enabled": False}]),
    },
    mutation=put(
        "rules",
        [{"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}],
        on=aws.BUCKET_LIFECYCLE[0],
    ),
    also=("data-class-deletion",),  # what never expires
)
