"""cloudfront-waf: every distribution stands behind a web application firewall.

Why: without one, floods and known attack patterns reach the origin through the edge.

Remedy: set `webAclId` to the ARN of a WAFv2 web ACL of scope `CLOUDFRONT`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(distribution: Resource) -> Findings:
    """Ask for an ACL; a distribution names it itself."""
    if not distribution.has("webAclId"):
        yield "webAclId is not set: floods and attack patterns reach the origin"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_68", "CFR2", "CloudFront.6"),
)
