from pulumi_rampart.boundary.egress_nat import EgressNat, EgressNatArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import recorded, refusal

ROUTE = "aws:ec2/route:Route"


ARGS: EgressNatArgs = {
    "vpc_id": "vpc-1",
    "cidr": "10.0.0.0/16",
    "availability_zones": 2,
    "ports": [443, 7687],
    "service_security_group_id": "sg-services",
    "gateway_endpoint_ids": ["vpce-s3"],
}


def egress() -> Graph:
    return recorded(lambda: EgressNat("out", ARGS))


def test_functions_leave_by_the_nat_gateway_and_the_nat_gateway_by_the_internet_gateway() -> None:
    # when
    graph = egress()

    # then
    (nat,) = graph.of("aws:ec2/natGateway:NatGateway")
    (internet,) = graph.of("aws:ec2/internetGateway:InternetGateway")
    assert graph.one(ROUTE, "out-public-out").inputs["gatewayId"] == internet.id
    for zone in range(2):
        assert graph.one(ROUTE, f"out-egress-{zone}-out").inputs["natGatewayId"] == nat.id
    assert nat.inputs["subnetId"] == graph.one("aws:ec2/subnet:Subnet", "out-public").id
    assert internet.urn in nat.dependencies


def test_no_function_has_a_public_address_and_s3_stays_inside() -> None:
    # when
    graph = egress()

    # then
    subnets = graph.of("aws:ec2/subnet:Subnet")
    assert {one.inputs["mapPublicIpOnLaunch"] for one in subnets} == {False}
    kind = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
    tables = {one.inputs["routeTableId"] for one in graph.of(kind)}
    egress_tables = {
        one.id for one in graph.of("aws:ec2/routeTable:RouteTable") if "egress" in one.name
    }
    assert tables == egress_tables


def test_only_the_listed_ports_are_open() -> None:
    # when
    rules = egress().of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")

    # then
    assert sorted(one.inputs["fromPort"] for one in rules) == [443, 7687]
    assert all(one.inputs["fromPort"] == one.inputs["toPort"] for one in rules)


def test_a_port_that_tcp_does_not_know_is_refused() -> None:
    message = refusal(lambda: EgressNat("out", {**ARGS, "ports": [0]}))
    assert message.startswith("out.ports[0]=0: a whole number from 1")
