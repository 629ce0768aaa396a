"""s3-public-acl: no ACL gives a bucket or an object to everyone.

Why: `authenticated-read` too means anyone with any AWS account, and an ACL hides from a review
of policies.

Remedy: take the ACL out; let a bucket policy or a presigned URL give access.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

CANNED = {"public-read", "public-read-write", "authenticated-read"}
EVERYONE = ("/AllUsers", "/AuthenticatedUsers")  # of http://acs.amazonaws.com/groups/global


def check(resource: Resource) -> Findings:
    """Read the canned ACL, and the grants of a spelled-out one."""
    canned = resource.text("acl")
    if canned in CANNED:
        yield f"acl is {canned}: it belongs to everyone"
    if not resource.type.startswith("aws:s3/bucketObject"):
        grants = resource.blocks("grants") + resource.block("accessControlPolicy").blocks("grants")
        for grant in grants:
            uri = grant.text("uri") or grant.text("grantee.uri") or ""
            if uri.endswith(EVERYONE):
                yield f"an ACL grant to {uri.rpartition('/')[2]}: it belongs to everyone"


RULE = resource_rule(
    __doc__,
    check,
    on=(*aws.BUCKET, *aws.BUCKET_ACL, *aws.BUCKET_OBJECT),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375", "CKV2_AWS_43", "S3.2", "S3.3"),
)
