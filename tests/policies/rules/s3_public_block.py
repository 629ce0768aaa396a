from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

BUCKET = made(aws.BUCKET[0], "papers")
SETTINGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
ALL: dict[str, Any] = dict.fromkeys(SETTINGS, True)


def block(bucket: str = BUCKET.id, settings: dict[str, Any] = ALL) -> Made:
    return made(aws.BUCKET_PUBLIC_ACCESS_BLOCK, bucket=bucket, **settings)


FIXTURE = Fixture(
    holds={
        "all four": [BUCKET, block()],
        "the older bucket": [made(aws.BUCKET[1], "papers"), block()],
        "the whole account": made(aws.BUCKET_ACCOUNT_ACCESS_BLOCK, **ALL),
    },
    breaks={
        "no block": BUCKET,
        "an empty block": [BUCKET, block(settings={})],
        "another bucket's": [BUCKET, block("reports")],
        "the account's, half": made(aws.BUCKET_ACCOUNT_ACCESS_BLOCK, blockPublicAcls=True),
        **{f"without {one}": [BUCKET, block(settings=ALL | {one: False})] for one in SETTINGS},
    },
    mutation=put("blockPublicPolicy", value=False, on=aws.BUCKET_PUBLIC_ACCESS_BLOCK),
)
