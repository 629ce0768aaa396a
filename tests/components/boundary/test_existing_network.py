from pulumi_rampart.boundary.existing_network import ExistingNetwork, ExistingNetworkArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, recorded, refusal

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
VPC: ExistingNetworkArgs = {
    "vpc_id": "vpc-1",
    "private_subnet_ids": ["subnet-a"],
    "route_table_ids": ["rtb-a"],
}


def network(given: ExistingNetworkArgs) -> Graph:
    return recorded(
        lambda: ExistingNetwork(
            "net", {"region": "eu-central-1", "account_id": ACCOUNT, "network": given}
        )
    )


def test_endpoints_are_made_in_the_given_network() -> None:
    # when
    graph = network(VPC)

    # then
    gateways = graph.of(ENDPOINT)
    assert {one.inputs["vpcId"] for one in gateways} == {"vpc-1"}
    assert [one.inputs["routeTableIds"] for one in gateways] == [["rtb-a"], ["rtb-a"]]


def test_a_network_with_endpoints_of_its_own_gets_no_others() -> None:
    # when
    graph = network({**VPC, "endpoint_security_group_id": "sg-theirs"})

    # then
    assert graph.of(ENDPOINT) == ()
    rules = graph.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    reached = {one.name: one.inputs for one in rules}
    assert reached["net-to-services"]["referencedSecurityGroupId"] == "sg-theirs"
    assert reached["net-to-s3"]["prefixListId"]
    assert reached["net-to-dynamodb"]["prefixListId"]


def test_a_network_without_its_subnets_is_refused() -> None:
    without: ExistingNetworkArgs = {"vpc_id": "vpc-1"}  # type: ignore[typeddict-item]  # wrong on purpose
    message = refusal(
        lambda: ExistingNetwork(
            "net", {"region": "eu-central-1", "account_id": ACCOUNT, "network": without}
        )
    )
    assert message == "net.network.private_subnet_ids: is missing; it has no default."
