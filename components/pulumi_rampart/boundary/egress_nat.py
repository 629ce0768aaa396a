"""A way out of the private network by one NAT gateway, where names are filtered and addresses not.

A tenth of the cost of `EgressFirewall`. What it does not stop: a function that knows an address
connects to it without asking for a name, and one zone's outage ends all egress.

Creates, in order:
    <name>-internet                       aws.ec2.InternetGateway
    <name>-public, -public-...            aws.ec2.Subnet       of the NAT gateway, in the first zone
    <name>-address, -nat                  aws.ec2.Eip, aws.ec2.NatGateway
    <name>-egress-<n>, -egress-<n>-...    aws.ec2.Subnet       for functions, one a zone
    <name>-gateway-<n>-<m>                aws.ec2.VpcEndpointRouteTableAssociation
    <name>-functions, -to-...             aws.ec2.SecurityGroup
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.address_plan import (
    ZONES,
    NetworkRange,
    available_zones,
    subnet_blocks,
)
from pulumi_rampart.boundary.domains import EACH_ONCE, PORT, PORT_LIST
from pulumi_rampart.boundary.internet_access import ANYWHERE, internet_access
from pulumi_rampart.component import Component


class EgressNatArgs(TypedDict):
    """Which network gets a way out."""

    vpc_id: Input[str]
    """The network."""
    cidr: Annotated[str, NetworkRange()]
    """Its range, a /16."""
    availability_zones: Annotated[int, ZONES]
    """Zones spanned, as the network's."""
    ports: Annotated[list[Annotated[int, PORT]], PORT_LIST, EACH_ONCE]
    """TCP ports of what may be called."""
    service_security_group_id: Input[str]
    """Attached to the network's interface endpoints."""
    gateway_endpoint_ids: list[Input[str]]
    """The network's gateways to S3 and DynamoDB."""


class EgressNat(Component):
    """Subnets for functions whose way out is a NAT gateway; a part of `SecurityBoundary`.

    Example:
        EgressNat("out", {
            "vpc_id": vpc.id, "cidr": "10.0.0.0/16", "availability_zones": 2, "ports": [443],
            "service_security_group_id": endpoints.service_security_group_id,
            "gateway_endpoint_ids": [],
        })
    """

    NAMES = (("{name}-functions", ec2.SecurityGroup),)

    subnet_ids: Output[list[str]]
    """Where functions with egress live."""
    function_security_group_id: Output[str]
    """Attached to functions with egress."""

    def __init__(
        self, name: str, args: EgressNatArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, EgressNatArgs)
        super().__init__(name, opts)
        zones = available_zones(name, self._args["availability_zones"], self)

        self.internet = self.child(ec2.InternetGateway, "internet", vpc_id=self._args["vpc_id"])
        self.public = self._public(zones[0])
        self.address = self.child(ec2.Eip, "address", domain="vpc")
        self.nat = self._nat()
        self.subnets = [self._egress(index, zone) for index, zone in enumerate(zones)]
        self.access = internet_access(
            self,
            vpc_id=self._args["vpc_id"],
            ports=self._args["ports"],
            service_security_group_id=self._args["service_security_group_id"],
        )

        self.subnet_ids = Output.all(*[subnet.id for subnet in self.subnets])
        self.function_security_group_id = self.access.functions.id
        self.register_outputs()

    def _public(self, zone: str) -> ec2.Subnet:
        subnet, routes = self._subnet(
            "public", subnet_blocks(self._args["cidr"], "public")[0], zone
        )
        self.child(
            ec2.Route,
            "public-out",
            route_table_id=routes.id,
            destination_cidr_block=ANYWHERE,
            gateway_id=self.internet.id,
        )
        return subnet

    def _nat(self) -> ec2.NatGateway:
        return self.child(
            ec2.NatGateway,
            "nat",
            subnet_id=self.public.id,
            allocation_id=self.address.allocation_id,
            # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html
            opts=pulumi.ResourceOptions(depends_on=[self.internet]),
        )

    def _egress(self, index: int, zone: str) -> ec2.Subnet:
        part = f"egress-{index}"
        block = subnet_blocks(self._args["cidr"], "egress")[index]
        subnet, routes = self._subnet(part, block, zone)
        self.child(
            ec2.Route,
            f"{part}-out",
            route_table_id=routes.id,
            destination_cidr_block=ANYWHERE,
            nat_gateway_id=self.nat.id,
        )
        for number, endpoint_id in enumerate(self._args["gateway_endpoint_ids"]):
            self.child(
                ec2.VpcEndpointRouteTableAssociation,
                f"gateway-{index}-{number}",
                route_table_id=routes.id,
                vpc_endpoint_id=endpoint_id,
            )
        return subnet

    def _subnet(self, part: str, block: str, zone: str) -> tuple[ec2.Subnet, ec2.RouteTable]:
        subnet = self.child(
            ec2.Subnet,
            part,
            vpc_id=self._args["vpc_id"],
            cidr_block=block,
            availability_zone=zone,
            map_public_ip_on_launch=False,
        )
        routes = self.child(ec2.RouteTable, f"{part}-routes", vpc_id=self._args["vpc_id"])
        self.child(
            ec2.RouteTableAssociation,
            f"{part}-association",
            subnet_id=subnet.id,
            route_table_id=routes.id,
        )
        return subnet, routes
