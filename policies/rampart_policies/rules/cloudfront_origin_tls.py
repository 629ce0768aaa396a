"""cloudfront-origin-tls: a distribution reaches its origins over TLS 1.2.

Why: between CloudFront and an origin on the internet requests are sent with their tokens.

Remedy: set `customOriginConfig.originProtocolPolicy` to `https-only` and `originSslProtocols` to
`TLSv1.2`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(distribution: Resource) -> Findings:
    """Read the origins that are no buckets; `match-viewer` is safe where viewers must use HTTPS."""
    for origin in distribution.blocks("origins"):
        if not (custom := origin.block("customOriginConfig")):
            continue
        policy, name = custom.text("originProtocolPolicy"), origin.text("originId")
        if policy == "http-only" or (policy == "match-viewer" and _may_be_plain(distribution)):
            yield f"originProtocolPolicy of {name} is {policy}: requests travel readable"
        elif old := [one for one in custom.texts("originSslProtocols") if one != "TLSv1.2"]:
            yield f"originSslProtocols of {name} has {', '.join(old)}"


def _may_be_plain(distribution: Resource) -> bool:
    behaviours = [distribution.block("defaultCacheBehavior")]
    behaviours += distribution.blocks("orderedCacheBehaviors")
    return any(one.text("viewerProtocolPolicy") == "allow-all" for one in behaviours)


RULE = resource_rule(
    __doc__,
    check,
    on=aws.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.HIGH,
    covers=("CFR5", "CloudFront.9", "CloudFront.10"),
)
