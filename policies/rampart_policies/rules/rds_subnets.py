"""rds-subnets: databases stand in subnets that the internet cannot reach.

Why: in a subnet with a route to an internet gateway, one setting puts the login online.

Remedy: give the subnet group private subnets.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.network import all_targets, internet_gateways
from rampart_policies.rule import Findings, Severity, stack_rule


def check(group: Resource, graph: Graph) -> Findings:
    """Follow the routes of every subnet in the group."""
    for subnet in all_targets(group, "subnetIds", aws.SUBNET, graph):
        for table in internet_gateways(subnet, graph):
            yield f"{subnet.name} has a route to an internet gateway in {table}"


RULE = stack_rule(
    __doc__, check, on=aws.RDS_SUBNET_GROUP, severity=Severity.HIGH, covers=("RDS.46",)
)
