from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers"
SIGNED_IN = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"


def spelled_out(uri: str) -> dict[str, object]:
    return {"grants": [{"grantee": {"type": "Group", "uri": uri}, "permission": "READ"}]}


FIXTURE = Fixture(
    holds={
        "no ACL": made(aws.BUCKET[0]),
        "private": made(aws.BUCKET_ACL[0], acl="private"),
        "log delivery": made(aws.BUCKET_ACL[0], accessControlPolicy=spelled_out(LOGS)),
        "an object": made(aws.BUCKET_OBJECT[1], acl="private"),
    },
    breaks={
        "everyone reads": made(aws.BUCKET_ACL[0], acl="public-read"),
        "everyone writes": made(aws.BUCKET_ACL[1], acl="public-read-write"),
        "on the bucket": made(aws.BUCKET[0], acl="authenticated-read"),
        "an object": made(aws.BUCKET_OBJECT[0], acl="public-read"),
        "spelled out": made(aws.BUCKET_ACL[0], accessControlPolicy=spelled_out(EVERYONE)),
        "everyone signed in": made(aws.BUCKET_ACL[0], accessControlPolicy=spelled_out(SIGNED_IN)),
        "older grants": made(aws.BUCKET[0], grants=[{"uri": EVERYONE, "permissions": ["READ"]}]),
    },
    mutation=put("acl", "public-read"),
)
