"""cloudfront-tls: a distribution answers its viewers over TLS 1.2 or newer, and over nothing else.

Why: what a viewer sends over plain HTTP, or TLS with known attacks, is read and changed on the way.

Remedy: set `viewerProtocolPolicy` to `redirect-to-https` or `https-only` and
`minimumProtocolVersion` to `TLSv1.2_2021`, with a certificate of one's own.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

MODERN = ("TLSv1.2_", "TLSv1.3_")


def check(distribution: Resource) -> Findings:
    """Read every behaviour; CloudFront's own certificate accepts TLS 1.0 whatever is set."""
    behaviours = [distribution.block("defaultCacheBehavior")]
    for behaviour in behaviours + distribution.blocks("orderedCacheBehaviors"):
        if behaviour.text("viewerProtocolPolicy") not in {"redirect-to-https", "https-only"}:
            path = behaviour.text("pathPattern") or "every other path"
            yield f"viewerProtocolPolicy of {path} allows plain HTTP"
    certificate = distribution.block("viewerCertificate")
    version = certificate.text("minimumProtocolVersion") or "TLSv1"
    if certificate.flag("cloudfrontDefaultCertificate") or not version.startswith(MODERN):
        yield "viewerCertificate accepts TLS older than 1.2"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.CLOUDFRONT_DISTRIBUTION,
    severity=Severity.HIGH,
    covers=("CKV_AWS_34", "CKV_AWS_174", "CFR4", "CloudFront.3"),
)
