import json

from rampart_policies import aws
from rampart_policies.resource_policies import BUCKETS
from tests.policies.carriers import granting, open_wide, unclear, well_kept
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, allow, document, made

BUCKET = made(aws.BUCKET[0], "papers")
OBJECTS = f"{BUCKET.arn}/*"


def policy(principal: object, **more: object) -> Made:
    return made(aws.BUCKET_POLICY, bucket=BUCKET.id, policy=granting(principal, **more))


def takeover(action: str) -> Made:
    other = {"AWS": "arn:aws:iam::999988887777:root"}
    return made(aws.BUCKET_POLICY, policy=document(allow(action, BUCKET.arn, Principal=other)))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let everyone read, besides what the policy says already."""
    statements = json.loads(judged["inputs"]["policy"])["Statement"]
    public = allow("s3:GetObject", "*", Principal="*")
    judged["inputs"]["policy"] = document(*statements, public)
    return resources


FIXTURE = Fixture(
    holds=well_kept(BUCKETS)
    | {
        "another account reads": policy({"AWS": "arn:aws:iam::999988887777:root"}),
        "some addresses": policy("*", Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
    },
    breaks=open_wide(BUCKETS)
    | {
        "from a half of the internet": policy(
            "*", Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}
        ),
        "another account's takeover": takeover("s3:PutBucketPolicy"),
        "the same, by wildcard": takeover("s3:Put*"),
        "the same, in capitals": takeover("S3:PUTBUCKETPOLICY"),
    },
    undecided=unclear(BUCKETS),
    not_applicable={"no policy": BUCKET},
    mutation=change,
)
