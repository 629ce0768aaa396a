"""opensearch-tls: every search domain answers over TLS 1.2 or newer only.

Why: queries carry what people look for, and answers the documents.

Remedy: set `domainEndpointOptions.enforceHttps`, and `tlsSecurityPolicy` to
`Policy-Min-TLS-1-2-PFS-2023-10`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

MODERN = ("Policy-Min-TLS-1-2-", "Policy-Min-TLS-1-3-")


def check(domain: Resource) -> Findings:
    """Read switch and policy; the default accepts TLS 1.0."""
    options = domain.block("domainEndpointOptions")
    if not options.flag("enforceHttps"):
        yield "domainEndpointOptions.enforceHttps is off: plain HTTP is answered"
    policy = options.text("tlsSecurityPolicy") or "Policy-Min-TLS-1-0-2019-07"
    if not policy.startswith(MODERN):
        yield f"domainEndpointOptions.tlsSecurityPolicy is {policy}: old TLS is accepted"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SEARCH_DOMAINS,
    severity=Severity.HIGH,
    covers=("CKV_AWS_83", "CKV_AWS_228", "Opensearch.8"),
)
