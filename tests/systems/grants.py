"""What the functions of a recorded stack may do, are told and reach."""

from typing import Any

from pulumi_rampart.testing import Graph
from tests.components.inside import statements

DOMAINS = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
FUNCTION = "aws:lambda/function:Function"
ALONE = {"systems": '["knowledge"]'}
"""Configuration of a stack with one system, which is recorded sooner."""


def grants(graph: Graph, function: str) -> list[dict[str, Any]]:
    role = graph.one("aws:iam/rolePolicy:RolePolicy", f"{function}-role-policy")
    return [one for one in statements(role.inputs["policy"]) if one["Effect"] == "Allow"]


def allowed(graph: Graph, function: str, service: str) -> set[tuple[str, str]]:
    """Return what a function may do with a service, as (action, resource)."""
    return {
        (action, resource)
        for one in grants(graph, function)
        for action in one["Action"]
        for resource in one["Resource"]
        if action.startswith(f"{service}:")
    }


def names_let_out(graph: Graph) -> list[str]:
    """Return the host names that the boundary's DNS firewall answers for."""
    (allowed,) = (one for one in graph.of(DOMAINS) if one.name.endswith("-allowed"))
    return allowed.inputs["domains"]


def environment(graph: Graph, function: str) -> dict[str, str]:
    return graph.one(FUNCTION, function).inputs["environment"]["variables"]


def leaving(graph: Graph) -> set[str]:
    """Return the functions that may leave the network."""
    (group,) = (
        one.id
        for one in graph.of("aws:ec2/securityGroup:SecurityGroup")
        if one.name == "boundary-egress-functions"
    )
    return {
        one.name
        for one in graph.of(FUNCTION)
        if group in one.inputs["vpcConfig"]["securityGroupIds"]
    }
