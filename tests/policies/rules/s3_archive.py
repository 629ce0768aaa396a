from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, allow, document, made

BUCKET = made(aws.BUCKET[0], "papers", bucket="papers")


def may(*actions: str, on: str = "arn:aws:s3:::papers/*") -> Made:
    return made(
        aws.IAM_ROLE_POLICY,
        "-".join(actions),
        role="worker",
        policy=document(allow([*actions], on)),
    )


def tiers(*names: str) -> Made:
    return made(
        aws.BUCKET_TIERING, bucket="papers", tierings=[{"accessTier": one} for one in names]
    )


def lifecycle(storage_class: str) -> Made:
    moves: list[Any] = [{"days": 30, "storageClass": storage_class}]
    return made(aws.BUCKET_LIFECYCLE[0], bucket="papers", rules=[{"transitions": moves}])


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Read what is archived, and restore nothing."""
    del judged
    return [one for one in resources if "Restore" not in str(one["inputs"].get("policy", ""))] + [
        may("s3:GetObject")
    ]


FIXTURE = Fixture(
    holds={
        "somebody restores": [
            BUCKET,
            tiers("ARCHIVE_ACCESS"),
            may("s3:GetObject", "s3:RestoreObject"),
        ],
        "nobody reads": [BUCKET, lifecycle("DEEP_ARCHIVE"), may("s3:PutObject")],
        "another bucket is read": [
            BUCKET,
            lifecycle("GLACIER"),
            may("s3:GetObject", on="arn:aws:s3:::others/*"),
        ],
    },
    breaks={
        "tiers": [BUCKET, tiers("ARCHIVE_ACCESS"), may("s3:GetObject")],
        "a lifecycle": [BUCKET, lifecycle("GLACIER"), may("s3:GetObject")],
    },
    not_applicable={
        "read at once": [BUCKET, lifecycle("GLACIER_IR"), may("s3:GetObject")],
        "no rules": made(aws.BUCKET_LIFECYCLE[0], bucket="papers"),
    },
    mutation=change,
)
