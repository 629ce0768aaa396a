"""api-private-link: an HTTP API reaches private services over TLS.

Why: behind a VPC link requests are plain HTTP unless a server name is given, tokens included.

Remedy: set the integration's `tlsConfig.serverNameToVerify`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(integration: Resource) -> Findings:
    """Look at integrations through a VPC link; all others go over TLS already."""
    if integration.has("tlsConfig.serverNameToVerify"):
        return
    if (integration.text("connectionType") or "INTERNET") != "VPC_LINK":
        raise NotApplicableError
    yield "tlsConfig is not set: requests reach the private service over plain HTTP"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.HTTP_API_INTEGRATION,
    severity=Severity.MEDIUM,
    covers=("APIGateway.10",),
)
