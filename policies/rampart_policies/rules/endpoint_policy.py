"""endpoint-policy: every VPC endpoint lets only our principals reach our resources.

Why: the default policy carries stolen data to any account's bucket, past every firewall.

Remedy: set `policy` with conditions on `aws:PrincipalAccount` and `aws:ResourceAccount`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import open_to_the_world, reaches_everywhere
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(endpoint: Resource, graph: Graph) -> Findings:
    """Read the endpoint's own policy and one beside it; none means full access."""
    if endpoint.text("vpcEndpointType") not in {None, "Gateway", "Interface"}:  # others have none
        raise NotApplicableError
    beside = graph.referrers(endpoint, aws.VPC_ENDPOINT_POLICY, "vpcEndpointId")
    granted = [one for holder in (endpoint, *beside) for one in statements(holder, "policy")]
    if not granted:
        yield "policy is not set: anyone's credentials reach anyone's resources"
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets anyone's credentials through"
    for statement in reaches_everywhere(granted):
        yield f"policy statement {statement.label} lets data out to any account's resources"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.VPC_ENDPOINT,
    severity=Severity.HIGH,
    covers=(
        "Private VPC functions reach AWS only by endpoints; each endpoint has a non-default policy",
    ),
)
