"""lambda-endpoints: a private function finds an endpoint of every AWS service it may use.

Why: without endpoint the call hangs until the function times out, and the quick fix for that
is a route to the internet.

Remedy: add the service's VPC endpoint to the function's network, or take the permission away.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.services_used import services_used
from rampart_policies.network import services_in_reach, subnets_of, ways_out
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(function: Resource, graph: Graph) -> Findings:
    """Compare what the role is granted with the endpoints that each subnet reaches."""
    subnets = list(subnets_of(function, graph))
    if all(any(ways_out(subnet, graph)) for subnet in subnets):
        raise NotApplicableError
    used = services_used(function, graph)
    for service in sorted({one for net in subnets for one in used - services_in_reach(net, graph)}):
        yield f"{service} is granted, but no endpoint of it is in reach: every call times out"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    covers=(
        "Private VPC functions reach AWS only by endpoints; each endpoint has a non-default policy",
    ),
)
