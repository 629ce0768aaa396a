import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

BUCKET = made(aws.BUCKET[0], "papers")
OBJECTS = f"{BUCKET.arn}/*"
FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def policy(principal: object, **more: object) -> Made:
    statement = allow("s3:GetObject", OBJECTS, Principal=principal, **more)
    return made(aws.BUCKET_POLICY, bucket=BUCKET.id, policy=document(statement))


def takeover(action: str) -> Made:
    other = {"AWS": "arn:aws:iam::999988887777:root"}
    return made(aws.BUCKET_POLICY, policy=document(allow(action, BUCKET.arn, Principal=other)))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let everyone in, besides whatever the policy says already."""
    statements = json.loads(judged["inputs"]["policy"])["Statement"]
    opening = allow("s3:GetObject", OBJECTS, Principal="*")
    judged["inputs"]["policy"] = document(*statements, opening)
    return resources


FIXTURE = Fixture(
    holds={
        "one role": policy({"AWS": "arn:aws:iam::111122223333:role/reader"}),
        "a service for this account": policy(
            {"Service": "cloudtrail.amazonaws.com"}, Condition=FROM_US
        ),
        "everyone in this organisation": policy(
            "*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
        ),
        "only refusals": made(
            aws.BUCKET_POLICY,
            policy=document(
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": OBJECTS}
            ),
        ),
    },
    breaks={
        "everyone": policy("*"),
        "everyone, as AWS": policy({"AWS": ["*"]}),
        "everyone but one": policy(None, NotPrincipal={"AWS": "arn:aws:iam::111122223333:root"}),
        "from some addresses": policy("*", Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}),
        "a service for anyone": policy({"Service": "cloudtrail.amazonaws.com"}),
        "another account's takeover": takeover("s3:PutBucketPolicy"),
        "the same, by wildcard": takeover("s3:Put*"),
        "on the bucket": made(aws.BUCKET[0], policy=policy("*")["inputs"]["policy"]),
    },
    not_applicable={"no policy": BUCKET},
    mutation=change,
)
