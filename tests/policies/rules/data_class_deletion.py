from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.identities import granted
from tests.policies.stacks import Made, allow, made

TAGS = {"data-class": "personal"}
BUCKET = made(aws.BUCKET[0], "papers", tags=TAGS)
TABLE = made(aws.DYNAMODB_TABLE, "people", tags=TAGS)
YEAR = {"expiration": {"days": 365}}


def lifecycle(**rule: object) -> Made:
    return made(
        aws.BUCKET_LIFECYCLE[0], bucket=BUCKET.id, rules=[{"status": "Enabled", **YEAR, **rule}]
    )


def change(resources: list[Recorded], _: Recorded) -> list[Recorded]:
    """Let nobody delete documents, and keep them for ever."""
    for resource in resources:
        if resource["type"] == aws.IAM_ROLE_POLICY:
            policy = resource["inputs"]["policy"]
            resource["inputs"]["policy"] = policy.replace("s3:DeleteObject", "s3:GetObject")
        for rule in resource["inputs"].get("rules", []):
            if resource["type"] in aws.BUCKET_LIFECYCLE:
                rule.pop("expiration", None)
    return resources


FIXTURE = Fixture(
    holds={
        "a bucket that expires": [BUCKET, lifecycle()],
        "a table that expires": made(aws.DYNAMODB_TABLE, tags=TAGS, ttl={"enabled": True}),
        "somebody deletes": [BUCKET, *granted(allow("s3:DeleteObject", f"{BUCKET.arn}/*"))],
        "somebody deletes items": [TABLE, *granted(allow("dynamodb:*Item", TABLE.arn))],
    },
    breaks={
        "a bucket for ever": BUCKET,
        "a table for ever": TABLE,
        "only work in progress": [BUCKET, lifecycle(filter={"prefix": "work/"})],
        "somebody reads": [BUCKET, *granted(allow("s3:GetObject", f"{BUCKET.arn}/*"))],
        "somebody deletes elsewhere": [
            TABLE,
            *granted(
                allow("dynamodb:DeleteItem", f"{TABLE.arn}-old"),
                allow("dynamodb:GetItem", TABLE.arn),
            ),
        ],
    },
    not_applicable={
        "what everyone may see": made(aws.BUCKET[0], tags={"data-class": "public"}),
        "nobody knows what": TABLE | {"inputs": {}},
    },
    mutation=change,
)
