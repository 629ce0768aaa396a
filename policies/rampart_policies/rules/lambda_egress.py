"""lambda-egress: only functions that are declared to need it have a way out to the internet.

Why: a function with a way out can send what it reads to anyone, when its code or a package in it
is stolen or poisoned.

Remedy: use subnets without a default route and a security group that only reaches endpoints; give
a function that calls a service outside the tag `egress`, which says so in the program.
"""

from fnmatch import fnmatchcase

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.network import open_egress, subnets_of, ways_out
from rampart_policies.rule import Findings, Setting, Severity, stack_rule


def check(function: Resource, graph: Graph, *, allowed: list[str]) -> Findings:
    """Follow its subnets' routes, and read its security groups."""
    declared = function.block("tags").has("egress")
    if declared or any(fnmatchcase(function.name, one) for one in allowed):
        return
    seen: set[str] = set()
    for subnet in subnets_of(function, graph):
        for table in set(ways_out(subnet, graph)) - seen:
            seen.add(table)
            yield f"route table {table} leads to the internet"
    for group in open_egress(function, graph):
        yield f"security group {group} lets it connect to any address"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.HIGH,
    house=True,
    settings={"allowed": Setting([], "names of functions that may reach the internet; * is any")},
)
