"""api-tls: no API and no domain of one answers over TLS older than 1.2.

Why: TLS 1.0 and 1.1 have known attacks; the default of REST APIs still accepts them.

Remedy: set `securityPolicy` to `TLS_1_2` or one of the `SecurityPolicy_TLS13_...` policies.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError

# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
MODERN = ("TLS_1_2", "SecurityPolicy_TLS12_", "SecurityPolicy_TLS13_")


def check(api: Resource) -> Findings:
    """Read the policy of a domain or of an API's own address; private APIs default to TLS 1.2."""
    if api.type == aws.REST_API and not api.has("securityPolicy"):
        private = "PRIVATE" in api.block("endpointConfiguration").texts("types")
        if private or api.flag("disableExecuteApiEndpoint"):
            raise NotApplicableError
    http = api.type == aws.HTTP_API_DOMAIN
    policy = api.text("domainNameConfiguration.securityPolicy" if http else "securityPolicy")
    if not (policy or "").startswith(MODERN):
        yield f"securityPolicy is {policy or 'TLS_1_0 by default'}: old TLS is accepted"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.API_DOMAIN, aws.HTTP_API_DOMAIN, aws.REST_API),
    severity=Severity.HIGH,
    covers=("CKV_AWS_206",),
)
