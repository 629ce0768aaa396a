"""api-authorizer: every way into an API asks who is calling.

Why: a route without authorizer runs its function for anyone on the internet.

Remedy: set `authorization` and `authorizerId` of a method, `authorizationType` of a route, or
`security` with an authorizer in an OpenAPI document; only CORS preflight needs none.
"""

from rampart_policies.api_operations import OPERATIONS, open_operations
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(resource: Resource, graph: Graph) -> Findings:
    """Look at each way in, however it is spelled out."""
    yield from open_operations(resource, graph)


RULE = stack_rule(
    __doc__,
    check,
    on=OPERATIONS,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70", "APIG4", "COG4", "APIGateway.8"),
)
