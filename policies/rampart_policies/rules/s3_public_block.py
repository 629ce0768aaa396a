"""s3-public-block: every bucket refuses to become public, by policy and by ACL.

Why: without the block, one wrong policy or ACL opens the bucket to the internet.

Remedy: add a `BucketPublicAccessBlock` with all four settings on.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule

SETTINGS = {
    "blockPublicAcls": "public ACLs are accepted",
    "blockPublicPolicy": "public policies are accepted",
    "ignorePublicAcls": "public ACLs take effect",
    "restrictPublicBuckets": "a public policy lets the world in",
}


def check(resource: Resource, graph: Graph) -> Findings:
    """Look at the block of a bucket, or at the one of the whole account."""
    blocks = [resource]
    if resource.type in aws.BUCKET:
        blocks = graph.referrers(resource, aws.BUCKET_PUBLIC_ACCESS_BLOCK, "bucket")
    if not blocks:
        yield "no public access block: one wrong policy or ACL opens the bucket to the internet"
    for block in blocks:
        yield from (f"{k} is off: {harm}" for k, harm in SETTINGS.items() if not block.flag(k))


RULE = stack_rule(
    __doc__,
    check,
    on=(*aws.BUCKET, aws.BUCKET_ACCOUNT_ACCESS_BLOCK),
    severity=Severity.HIGH,
    house=True,
    covers=(*(f"CKV_AWS_{n}" for n in range(53, 57)), "CKV2_AWS_6", "S3.1", "S3.8", "S2"),
)
