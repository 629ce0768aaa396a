"""Amazon VPC: networks, subnets and routes. Groups and endpoints: ec2_access.py."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, Inputs, creates, given, many
from rampart_local.clients import Clients

NO_NETWORK = "functions run on this machine; only whether they have a way out is kept"


@creates("aws:ec2/vpc:Vpc", unenforced=NO_NETWORK)
def _vpc(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    answer = aws.ec2.create_vpc(CidrBlock=inputs["cidrBlock"], **given(inputs, "instanceTenancy"))
    vpc = answer["Vpc"].get("VpcId", "")
    if "enableDnsSupport" in inputs:
        aws.ec2.modify_vpc_attribute(
            VpcId=vpc, EnableDnsSupport={"Value": inputs["enableDnsSupport"]}
        )
    if "enableDnsHostnames" in inputs:
        aws.ec2.modify_vpc_attribute(
            VpcId=vpc, EnableDnsHostnames={"Value": inputs["enableDnsHostnames"]}
        )
    of_vpc: Any = [{"Name": "vpc-id", "Values": [vpc]}]
    tables = aws.ec2.describe_route_tables(Filters=of_vpc)["RouteTables"]
    main = tables[0].get("RouteTableId", "") if tables else ""
    return vpc, {
        "arn": _arn(aws, "vpc", vpc),
        "defaultSecurityGroupId": default_group(aws, vpc),
        "defaultRouteTableId": main,
        "mainRouteTableId": main,
        "ownerId": aws.account,
    }


def default_group(aws: Clients, vpc: str) -> str:
    """Return the security group that every network starts with."""
    found = aws.ec2.describe_security_groups(
        Filters=[
            {"Name": "vpc-id", "Values": [vpc]},
            {"Name": "group-name", "Values": ["default"]},
        ]
    )["SecurityGroups"]
    return found[0].get("GroupId", "") if found else ""


@creates("aws:ec2/subnet:Subnet", unenforced=NO_NETWORK)
def _subnet(aws: Clients, resource: Registration) -> Created:
    request = given(resource.inputs, "vpcId", "cidrBlock", "availabilityZone")
    answer = aws.ec2.create_subnet(**request)["Subnet"]
    subnet = answer.get("SubnetId", "")
    return subnet, {
        "arn": _arn(aws, "subnet", subnet),
        "availabilityZone": answer.get("AvailabilityZone", ""),
        "availabilityZoneId": answer.get("AvailabilityZoneId", ""),
        "ownerId": aws.account,
    }


@creates("aws:ec2/routeTable:RouteTable", unenforced=NO_NETWORK)
def _route_table(aws: Clients, resource: Registration) -> Created:
    answer = aws.ec2.create_route_table(VpcId=resource.inputs["vpcId"])["RouteTable"]
    table = answer.get("RouteTableId", "")
    for route in many(resource.inputs, "routes"):
        _create_route(aws, table, route, route["cidrBlock"])
    return table, {"arn": _arn(aws, "route-table", table), "ownerId": aws.account}


@creates("aws:ec2/routeTableAssociation:RouteTableAssociation", unenforced=NO_NETWORK)
def _association(aws: Clients, resource: Registration) -> Created:
    answer = aws.ec2.associate_route_table(**given(resource.inputs, "routeTableId", "subnetId"))
    return answer["AssociationId"], {}


@creates("aws:ec2/route:Route", unenforced=NO_NETWORK)
def _route(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    block = inputs["destinationCidrBlock"]
    _create_route(aws, inputs["routeTableId"], inputs, block)
    return f"r-{inputs['routeTableId']}-{block}", {"state": "active", "origin": "CreateRoute"}


def _create_route(aws: Clients, table: str, route: Inputs, block: str) -> None:
    targets = given(route, "gatewayId", "natGatewayId", "vpcEndpointId", "networkInterfaceId")
    aws.ec2.create_route(RouteTableId=table, DestinationCidrBlock=block, **targets)


@creates("aws:ec2/internetGateway:InternetGateway", unenforced=NO_NETWORK)
def _internet_gateway(aws: Clients, resource: Registration) -> Created:
    answer = aws.ec2.create_internet_gateway()["InternetGateway"]
    gateway = answer.get("InternetGatewayId", "")
    if vpc := resource.inputs.get("vpcId"):
        aws.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    return gateway, {"arn": _arn(aws, "internet-gateway", gateway), "ownerId": aws.account}


@creates("aws:ec2/eip:Eip", unenforced=NO_NETWORK)
def _address(aws: Clients, _: Registration) -> Created:
    answer = aws.ec2.allocate_address(Domain="vpc")
    allocation = answer["AllocationId"]
    return allocation, {"allocationId": allocation, "publicIp": answer["PublicIp"]}


@creates("aws:ec2/natGateway:NatGateway", unenforced=NO_NETWORK)
def _nat_gateway(aws: Clients, resource: Registration) -> Created:
    request = given(resource.inputs, "subnetId", "allocationId", "connectivityType")
    answer = aws.ec2.create_nat_gateway(**request)["NatGateway"]
    return answer.get("NatGatewayId", ""), {}


def _arn(aws: Clients, kind: str, id_: str) -> str:
    return f"arn:aws:ec2:{aws.region}:{aws.account}:{kind}/{id_}"
