"""cloudfront-origin-access: a distribution signs its requests to buckets.

Why: a bucket that answers unsigned requests is read past the distribution, its firewall and its
log.

Remedy: set `originAccessControlId` of the origin, and allow the distribution in the bucket's
policy.
"""

import re

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

BUCKET = re.compile(r"\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$")


def check(distribution: Resource) -> Findings:
    """Look at origins that are buckets; a bucket's web site cannot be signed for."""
    for origin in distribution.blocks("origins"):
        if not BUCKET.search(origin.text("domainName") or ""):
            continue
        identity = origin.has("s3OriginConfig.originAccessIdentity")
        if not identity and not origin.has("originAccessControlId"):
            yield f"originAccessControlId of {origin.text('originId')} is not set: it is public"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.HIGH,
    covers=("CKV2_AWS_46", "CFR7", "CloudFront.13"),
)
