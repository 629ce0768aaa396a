"""Where a function's network leads: its subnets, routes and security groups, and VPC endpoints."""

from collections.abc import Iterator
from ipaddress import ip_network

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.security_groups import ranges_of
from rampart_policies.values import Block, NotApplicableError, UndecidedError


def subnets_of(function: Resource, graph: Graph) -> Iterator[Resource]:
    """Yield the subnets of a function, those that are known first.

    Raises:
        NotApplicableError: the function is in no VPC, which is another rule's subject.
        UndecidedError: others are unknown, or made by another stack.
    """
    path = "vpcConfig.subnetIds"
    if not graph.targets(function, path, aws.SUBNET) and not function.has(path):
        raise NotApplicableError
    yield from all_targets(function, path, aws.SUBNET, graph)


def ways_out(subnet: Resource, graph: Graph) -> Iterator[str]:
    """Yield the name of each route table by which a subnet's traffic leaves for the internet.

    Whatever the target is (NAT or internet gateway, firewall endpoint, network interface): a
    route to public addresses only exists to lead there.
    """
    for table in _route_tables(subnet, graph):
        for route in _routes(table, graph):
            destination = (
                route.text("destinationCidrBlock")
                or route.text("cidrBlock")
                or route.text("destinationIpv6CidrBlock")
                or route.text("ipv6CidrBlock")
            )
            if destination and _is_public(destination):
                yield table.name


def internet_gateways(subnet: Resource, graph: Graph) -> Iterator[str]:
    """Yield the name of each route table by which the internet reaches a subnet, too."""
    for table in _route_tables(subnet, graph):
        for route in _routes(table, graph):
            gateway = route.text("gatewayId") or ""
            if gateway.startswith("igw-") or graph.named(gateway, aws.INTERNET_GATEWAY):
                yield table.name


def open_egress(function: Resource, graph: Graph) -> Iterator[str]:
    """Yield the name of each security group that lets a function connect to public addresses."""
    for group in all_targets(function, "vpcConfig.securityGroupIds", aws.SECURITY_GROUP, graph):
        if any(_is_public(address) for address in _egress_addresses(group, graph)):
            yield group.name


def services_in_reach(subnet: Resource, graph: Graph) -> set[str]:
    """Return the AWS services that have an endpoint where a subnet finds it: s3, secretsmanager.

    An interface endpoint is found by its private DNS name, a gateway endpoint by a route.
    """
    vpc = graph.target(subnet, "vpcId", aws.VPC)
    if vpc is None:
        raise UndecidedError("vpcId", "names a VPC outside this stack")
    tables = {table.urn for table in _route_tables(subnet, graph)}
    services: set[str] = set()
    for endpoint in graph.every_referrer(vpc, aws.VPC_ENDPOINT, "vpcId"):
        if endpoint.text("vpcEndpointType") == "Interface":
            reached = endpoint.flag("privateDnsEnabled")
        else:
            reached = not tables.isdisjoint(_gateway_tables(endpoint, graph))
        if reached:
            services.add((endpoint.text("serviceName") or "").rpartition(".")[2])
    return services


def has_an_allow_list(vpc: Resource, graph: Graph) -> bool:
    """Whether the resolver of a VPC blocks every name that a DNS firewall has not allowed before.

    Raises:
        UndecidedError: a rule may belong to the VPC's groups.
    """
    return any(
        rule.text("action") == "BLOCK" and any("*" in one.texts("domains") for one in lists)
        for association in graph.every_referrer(vpc, aws.DNS_FIREWALL_ASSOCIATION, "vpcId")
        for group in graph.targets(association, "firewallRuleGroupId", aws.DNS_FIREWALL_GROUP)
        for rule in graph.every_referrer(group, aws.DNS_FIREWALL_RULE, "firewallRuleGroupId")
        for lists in [graph.targets(rule, "firewallDomainListId", aws.DNS_FIREWALL_LIST)]
    )


def all_targets(
    source: Resource, path: str, kind: str | tuple[str, ...], graph: Graph
) -> Iterator[Resource]:
    """Yield what a list of identifiers refers to, those that are known first.

    Raises:
        UndecidedError: another of them is unknown, or names something outside this stack.
    """
    found = graph.targets(source, path, kind)
    yield from found
    value = source.value(path)
    if len(found) < len(value if isinstance(value, list) else [value]):
        raise UndecidedError(f"{path} of {source.name}", "names something outside this stack")


def _gateway_tables(endpoint: Resource, graph: Graph) -> Iterator[str]:
    for table in graph.targets(endpoint, "routeTableIds", aws.ROUTE_TABLE):
        yield table.urn
    for association in graph.referrers(endpoint, aws.VPC_ENDPOINT_ROUTE_TABLE, "vpcEndpointId"):
        for table in graph.targets(association, "routeTableId", aws.ROUTE_TABLE):
            yield table.urn


def _route_tables(subnet: Resource, graph: Graph) -> list[Resource]:
    own = graph.referrers(subnet, aws.ROUTE_TABLE_ASSOCIATION, "subnetId")
    if not own:  # then the VPC's main table counts
        vpc = graph.target(subnet, "vpcId", aws.VPC)
        if vpc is None:
            raise UndecidedError("vpcId", "names a VPC outside this stack")
        own = graph.referrers(vpc, aws.MAIN_ROUTE_TABLE_ASSOCIATION, "vpcId")
        if not own:
            return graph.referrers(vpc, aws.DEFAULT_ROUTE_TABLE, "defaultRouteTableId")
    tables = [graph.target(association, "routeTableId", aws.ROUTE_TABLE) for association in own]
    if None in tables:
        raise UndecidedError("routeTableId", "names a route table outside this stack")
    return [table for table in tables if table]


def _routes(table: Resource, graph: Graph) -> list[Block]:
    return [*table.blocks("routes"), *graph.every_referrer(table, aws.ROUTE, "routeTableId")]


def _egress_addresses(group: Resource, graph: Graph) -> Iterator[str]:
    for prefix_list in graph.targets(group, "egress", aws.PREFIX_LIST):
        yield from ranges_of(prefix_list, graph)
    for rule in group.blocks("egress"):
        yield from [*rule.texts("cidrBlocks"), *rule.texts("ipv6CidrBlocks")]
    for rule in graph.every_referrer(group, aws.SECURITY_GROUP_RULE, "securityGroupId"):
        if rule.text("type") == "egress":
            for prefix_list in graph.targets(rule, "prefixListIds", aws.PREFIX_LIST):
                yield from ranges_of(prefix_list, graph)
            yield from [*rule.texts("cidrBlocks"), *rule.texts("ipv6CidrBlocks")]
    for rule in graph.every_referrer(group, aws.SECURITY_GROUP_EGRESS_RULE, "securityGroupId"):
        for prefix_list in graph.targets(rule, "prefixListId", aws.PREFIX_LIST):
            yield from ranges_of(prefix_list, graph)
        yield from [address for key in ("cidrIpv4", "cidrIpv6") if (address := rule.text(key))]


def _is_public(address: str) -> bool:
    try:
        return not ip_network(address, strict=False).is_private
    except ValueError:
        raise UndecidedError(address, "is not an address range") from None
