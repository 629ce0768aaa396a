"""api-timeout: a function behind an API gives up before API Gateway does.

Why: else the client gets a bare 504 while the function works on, is paid for, and its answer and
its reason are lost; the client tries again meanwhile.

Remedy: set the function's `timeout` below the integration's `timeoutMilliseconds`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import function_of
from rampart_policies.values import NotApplicableError

# https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
DEFAULT_MILLISECONDS = {aws.API_INTEGRATION: 29_000, aws.HTTP_API_INTEGRATION: 30_000}
DEFAULT_TIMEOUT_SECONDS = 3


def check(integration: Resource, graph: Graph) -> Findings:
    """Compare both timeouts."""
    path = "uri" if integration.type == aws.API_INTEGRATION else "integrationUri"
    if (function := function_of(integration, path, graph)) is None:
        raise NotApplicableError
    patience = integration.number("timeoutMilliseconds") or DEFAULT_MILLISECONDS[integration.type]
    seconds = function.number("timeout") or DEFAULT_TIMEOUT_SECONDS
    if seconds * 1000 >= patience:
        yield f"{function.name} may take {seconds:g} s, the API waits {patience / 1000:g} s"


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(DEFAULT_MILLISECONDS),
    severity=Severity.MEDIUM,
    covers=("API functions time out before the API integration timeout",),
)
