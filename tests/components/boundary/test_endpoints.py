from pulumi_rampart.boundary.endpoints import AwsEndpoints
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, recorded, statements

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def endpoints() -> Graph:
    return recorded(
        lambda: AwsEndpoints(
            "aws",
            {
                "vpc_id": "vpc",
                "region": "eu-central-1",
                "account_id": ACCOUNT,
                "subnet_ids": ["subnet-0"],
                "route_table_ids": ["routes-0"],
                "interface_services": ["lambda", "secretsmanager"],
            },
        )
    )


def test_every_endpoint_lets_this_account_reach_this_account_only() -> None:
    # when
    graph = endpoints()

    # then
    assert len(graph.of(ENDPOINT)) == 4
    for endpoint in graph.of(ENDPOINT):
        (only,) = statements(endpoint.inputs["policy"])
        assert only["Condition"] == {
            "StringEquals": {"aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": ACCOUNT}
        }


def test_stores_have_a_gateway_and_services_an_interface_with_their_own_name() -> None:
    # when
    graph = endpoints()

    # then
    kinds = {
        one.inputs["serviceName"].removeprefix("com.amazonaws.eu-central-1."): one.inputs[
            "vpcEndpointType"
        ]
        for one in graph.of(ENDPOINT)
    }
    assert kinds == {
        "dynamodb": "Gateway",
        "s3": "Gateway",
        "lambda": "Interface",
        "secretsmanager": "Interface",
    }
    interfaces = [one for one in graph.of(ENDPOINT) if one.inputs["vpcEndpointType"] != "Gateway"]
    assert all(one.inputs["privateDnsEnabled"] for one in interfaces)


def test_functions_may_talk_to_endpoints_by_https_and_to_no_address_range() -> None:
    # when
    graph = endpoints()

    # then
    rules = [one.inputs for one in graph.of(EGRESS)]
    assert len(rules) == 3
    assert all((rule["fromPort"], rule["toPort"]) == (443, 443) for rule in rules)
    assert not any("cidrIpv4" in rule or "cidrIpv6" in rule for rule in rules)


def test_endpoints_listen_to_functions_only() -> None:
    # when
    graph = endpoints()

    # then
    (rule,) = (one.inputs for one in graph.of(INGRESS))
    functions = graph.one("aws:ec2/securityGroup:SecurityGroup", "aws-functions")
    services = graph.one("aws:ec2/securityGroup:SecurityGroup", "aws-services")
    assert rule["securityGroupId"] == services.id
    assert rule["referencedSecurityGroupId"] == functions.id
