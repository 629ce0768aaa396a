from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import made

BUCKET = made(aws.BUCKET[0], "papers")
LOGGING = made(aws.BUCKET_LOGGING[0], bucket=BUCKET.id, targetBucket="logs")


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take the logging of the judged bucket away; others still log to where they do."""
    return [
        one
        for one in resources
        if one["type"] not in aws.BUCKET_LOGGING or one["inputs"]["bucket"] != judged["id"]
    ]


FIXTURE = Fixture(
    holds={
        "beside the bucket": [BUCKET, LOGGING],
        "on the bucket": made(aws.BUCKET[0], logging={"targetBucket": "logs"}),
    },
    breaks={
        "none": BUCKET,
        "another bucket's": [BUCKET, made(aws.BUCKET_LOGGING[0], bucket="x", targetBucket="logs")],
    },
    not_applicable={
        "where logs arrive": [
            BUCKET,
            made(aws.BUCKET_LOGGING[1], bucket="documents", targetBucket=BUCKET.id),
        ]
    },
    mutation=change,
)
