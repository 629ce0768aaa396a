"""api-authorizer: every route of an API asks who is calling.

Why: a route without authorizer runs its function for anyone on the internet.

Remedy: set the method's `authorization` and `authorizerId`; only CORS preflight needs none.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(route: Resource, graph: Graph) -> Findings:
    """Read a REST method or an HTTP route; preflight requests carry no credentials (Fetch)."""
    http_api = route.type == aws.HTTP_API_ROUTE
    verb = (route.text("routeKey" if http_api else "httpMethod") or "").partition(" ")[0]
    if verb == "OPTIONS":
        raise NotApplicableError
    kind = route.text("authorizationType" if http_api else "authorization") or "NONE"
    if kind == "NONE":
        yield f"authorization of {verb} is NONE: anyone on the internet may call it"
    elif kind in {"CUSTOM", "COGNITO_USER_POOLS", "JWT"} and not _authorizer_given(route, graph):
        yield f"authorization of {verb} is {kind}, but no authorizer is given"


def _authorizer_given(route: Resource, graph: Graph) -> bool:
    kinds = (aws.API_AUTHORIZER, aws.HTTP_API_AUTHORIZER)
    return bool(graph.targets(route, "authorizerId", kinds)) or route.has("authorizerId")


RULE = stack_rule(
    __doc__,
    check,
    on=(aws.API_METHOD, aws.HTTP_API_ROUTE),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70", "APIG4", "COG4", "APIGateway.8"),
)
