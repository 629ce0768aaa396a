"""vpc-flow-logs: every network records which connections were refused.

Why: an intruder's first steps are refused connections, and nothing else shows them.

Remedy: add a `FlowLog` of the VPC with `trafficType` `ALL` or `REJECT`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(vpc: Resource, graph: Graph) -> Findings:
    """Look for a flow log of the VPC and what it records."""
    kinds = [log.text("trafficType") for log in graph.referrers(vpc, aws.FLOW_LOG, "vpcId")]
    if not kinds:
        yield "no flow log: there is no record of connections"
    elif not {"ALL", "REJECT"}.intersection(kinds):
        yield f"trafficType is {kinds[0]}: refused connections are not recorded"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.VPC,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_11", "VPC7", "EC2.6"),
)
