"""dns-firewall: a network that functions are in resolves names of an allow-list only.

Why: a query for a name of somebody's own domain carries data to its name servers, whatever the
routes and security groups say.

Remedy: associate a rule group of Route 53 Resolver DNS Firewall with the VPC that blocks `*` after
the domains it allows, and let the configuration fail closed.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.network import has_an_allow_list, subnets_of
from rampart_policies.rule import Findings, Severity, stack_rule


def check(function: Resource, graph: Graph) -> Findings:
    """Follow the function's network to the rules that its resolver has."""
    networks = {
        vpc.urn: vpc
        for subnet in subnets_of(function, graph)
        for vpc in graph.targets(subnet, "vpcId", aws.VPC)
    }
    for vpc in networks.values():
        if not has_an_allow_list(vpc, graph):
            yield f"the resolver of {vpc.name} answers for every name, which leads out of it"


RULE = stack_rule(__doc__, check, on=aws.LAMBDA_FUNCTION, severity=Severity.MEDIUM)
