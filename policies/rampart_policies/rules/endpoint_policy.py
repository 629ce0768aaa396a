"""endpoint-policy: every VPC endpoint lets only our principals reach our resources.

Why: the default policy carries stolen data to any account's bucket, past every firewall.

Remedy: set `policy` with conditions on `aws:PrincipalAccount` and `aws:ResourceAccount`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import endpoint_findings
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(endpoint: Resource, graph: Graph) -> Findings:
    """Read the endpoint's own policy and one beside it; none means full access."""
    if endpoint.type == aws.VPC_ENDPOINT_POLICY:
        if graph.targets(endpoint, "vpcEndpointId", aws.VPC_ENDPOINT):
            raise NotApplicableError  # judged with its endpoint
    elif endpoint.text("vpcEndpointType") not in {None, "Gateway", "Interface"}:
        raise NotApplicableError  # others have none
    beside = graph.referrers(endpoint, aws.VPC_ENDPOINT_POLICY, "vpcEndpointId")
    granted = [one for holder in (endpoint, *beside) for one in statements(holder, "policy")]
    if not granted:
        yield "policy is not set: anyone's credentials reach anyone's resources"
    yield from endpoint_findings(granted)


COVERS = "Private VPC functions reach AWS only by endpoints; each endpoint has a non-default policy"
RULE = stack_rule(
    __doc__,
    check,
    on=(aws.VPC_ENDPOINT, aws.VPC_ENDPOINT_POLICY),
    severity=Severity.HIGH,
    house=True,
    covers=(COVERS,),
)
