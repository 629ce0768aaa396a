"""api-client-certificate: an API shows its HTTP backends a certificate.

Why: a backend on the internet cannot distinguish API Gateway from any other client, and so
cannot refuse requests that went past authorizer and firewall.

Remedy: set the stage's `clientCertificateId`, and have the backend check the certificate.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(stage: Resource, graph: Graph) -> Findings:
    """Look for HTTP integrations; functions are protected by their permissions instead."""
    if stage.has("clientCertificateId"):
        return
    api = graph.target(stage, "restApi", aws.REST_API)
    backends = graph.every_referrer(api, aws.API_INTEGRATION, "restApi") if api else []
    if not any(one.text("type") in {"HTTP", "HTTP_PROXY"} for one in backends):
        raise NotApplicableError
    yield "clientCertificateId is not set: backends cannot authenticate the API"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.API_STAGE,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_51", "APIGateway.2"),
)
