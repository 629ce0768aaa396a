from pulumi_aws import networkfirewall

from pulumi_rampart.boundary.egress_zone import EgressZone, EgressZoneArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import recorded

ARGS: EgressZoneArgs = {
    "vpc_id": "vpc",
    "internet_gateway_id": "igw",
    "cidr": "10.0.0.0/16",
    "availability_zone": "eu-central-1b",
    "index": 1,
    "gateway_endpoint_ids": ["vpce-s3"],
}
ROUTE = "aws:ec2/route:Route"
ANYWHERE = "0.0.0.0/0"


def zone(availability_zone: str = "eu-central-1b") -> Graph:
    def program() -> None:
        made = EgressZone("zone", {**ARGS, "availability_zone": availability_zone})
        firewall = networkfirewall.Firewall(
            "fire",
            firewall_policy_arn="arn:policy",
            vpc_id="vpc",
            subnet_mappings=[{"subnet_id": made.firewall_subnet_id}],
        )
        made.route_through(firewall)

    return recorded(program)


def routes(graph: Graph) -> dict[str, dict[str, object]]:
    return {one.name: one.inputs for one in graph.of(ROUTE)}


def test_a_function_leaves_by_firewall_then_nat_then_internet() -> None:
    # when
    out = routes(zone())

    # then
    assert out["zone-egress-out"] == {
        "routeTableId": "zone-egress-routes",
        "destinationCidrBlock": ANYWHERE,
        "vpcEndpointId": "vpce-fire-b",
    }
    assert out["zone-firewall-out"]["routeTableId"] == "zone-firewall-routes"
    assert out["zone-firewall-out"]["natGatewayId"] == "zone-nat"
    assert out["zone-public-out"]["routeTableId"] == "zone-public-routes"
    assert out["zone-public-out"]["gatewayId"] == "igw"


def test_the_answer_passes_the_firewall_endpoint_that_saw_the_question() -> None:
    # when
    graph = zone()

    # then
    back, out = routes(graph)["zone-public-back"], routes(graph)["zone-egress-out"]
    functions = graph.one("aws:ec2/subnet:Subnet", "zone-egress").inputs["cidrBlock"]
    assert back["routeTableId"] == "zone-public-routes"
    assert back["destinationCidrBlock"] == functions
    assert back["vpcEndpointId"] == out["vpcEndpointId"]


def test_traffic_stays_in_its_zone() -> None:
    # when
    graph = zone("eu-central-1a")

    # then
    assert routes(graph)["zone-egress-out"]["vpcEndpointId"] == "vpce-fire-a"
    zones = {one.inputs["availabilityZone"] for one in graph.of("aws:ec2/subnet:Subnet")}
    assert zones == {"eu-central-1a"}


def test_no_subnet_gives_its_inhabitants_public_addresses() -> None:
    # when
    graph = zone()

    # then
    assert {one.inputs["mapPublicIpOnLaunch"] for one in graph.of("aws:ec2/subnet:Subnet")} == {
        False
    }


def test_functions_that_may_leave_still_reach_the_stores_by_their_gateways() -> None:
    # when
    graph = zone()

    # then
    (gateway,) = graph.of(
        "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
    )
    assert gateway.inputs == {
        "routeTableId": "zone-egress-routes",
        "vpcEndpointId": "vpce-s3",
    }


def test_the_routes_through_the_firewall_are_the_zones_own_children() -> None:
    # when
    graph = zone()

    # then
    (made,) = graph.of("rampart:index:EgressZone")
    assert all(one.parent == made.urn for one in graph.of(ROUTE))
