"""One zone's way out: the subnets that traffic passes, in its order, and the routes between them.

Creates, in order:
    <name>-egress, -firewall, -public   aws.ec2.Subnet       functions, firewall endpoint, NAT
    <name>-address, -nat                aws.ec2.Eip, aws.ec2.NatGateway
    <name>-<part>-routes                aws.ec2.RouteTable   one a subnet, with its association
    <name>-<part>-out, -back            aws.ec2.Route        both directions pass the firewall
    <name>-gateway-<n>                  aws.ec2.VpcEndpointRouteTableAssociation  AWS stays inside
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2, networkfirewall

from pulumi_rampart.arguments import Between, checked
from pulumi_rampart.boundary.address_plan import MAX_ZONES, NetworkRange, subnet_blocks
from pulumi_rampart.boundary.internet_access import ANYWHERE
from pulumi_rampart.component import Component


class EgressZoneArgs(TypedDict):
    """Where the zone lies."""

    vpc_id: Input[str]
    """The network."""
    internet_gateway_id: Input[str]
    """Its internet gateway."""
    cidr: Annotated[str, NetworkRange()]
    """The network's range, a /16."""
    availability_zone: str
    """The zone's name."""
    index: Annotated[int, Between(0, MAX_ZONES - 1)]
    """Which of the range's blocks it takes, 0 to 3."""
    gateway_endpoint_ids: list[Input[str]]
    """Gateways to S3 and DynamoDB, which egress functions take too."""


@dataclass(frozen=True)
class RoutedSubnet:
    """A subnet with a route table of its own."""

    subnet: ec2.Subnet
    routes: ec2.RouteTable
    association: ec2.RouteTableAssociation


class EgressZone(Component):
    """Subnets, NAT gateway and routes of one zone; a part of `EgressFirewall`.

    Example:
        zone = EgressZone("out-0", {
            "vpc_id": vpc.id, "internet_gateway_id": gateway.id, "cidr": "10.0.0.0/16",
            "availability_zone": "eu-central-1a", "index": 0, "gateway_endpoint_ids": [],
        })
    """

    subnet_id: Output[str]
    """Where functions live."""
    firewall_subnet_id: Output[str]
    """Where the firewall has its endpoint."""

    def __init__(
        self, name: str, args: EgressZoneArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, EgressZoneArgs)
        super().__init__(name, opts)

        self.egress = self._subnet("egress")
        self.firewall = self._subnet("firewall")
        self.public = self._subnet("public")
        self.address = self.child(ec2.Eip, "address", domain="vpc")
        to_internet = self._route(
            "public-out", self.public, ANYWHERE, gateway_id=self._args["internet_gateway_id"]
        )
        self.nat = self._nat(to_internet)
        self._route("firewall-out", self.firewall, ANYWHERE, nat_gateway_id=self.nat.id)
        self.gateways = self._gateways()

        self.subnet_id, self.firewall_subnet_id = self.egress.subnet.id, self.firewall.subnet.id
        self.register_outputs()

    def route_through(self, firewall: networkfirewall.Firewall) -> None:
        """Send both directions through the zone's own firewall endpoint.

        The answer must pass the endpoint that saw the question, or the firewall drops it.
        """
        endpoint_id = firewall.firewall_statuses.apply(self._endpoint_of_zone)
        block = subnet_blocks(self._args["cidr"], "egress")[self._args["index"]]
        self._route("egress-out", self.egress, ANYWHERE, vpc_endpoint_id=endpoint_id)
        self._route("public-back", self.public, block, vpc_endpoint_id=endpoint_id)

    def _endpoint_of_zone(
        self, statuses: Sequence[networkfirewall.outputs.FirewallFirewallStatus]
    ) -> str:
        for state in statuses[0].sync_states or []:
            if state.availability_zone == self._args["availability_zone"] and state.attachments:
                return state.attachments[0].endpoint_id or ""
        raise LookupError(f"the firewall has no endpoint in {self._args['availability_zone']}")

    def _subnet(self, kind: str) -> RoutedSubnet:
        subnet = self.child(
            ec2.Subnet,
            kind,
            vpc_id=self._args["vpc_id"],
            cidr_block=subnet_blocks(self._args["cidr"], kind)[self._args["index"]],
            availability_zone=self._args["availability_zone"],
            map_public_ip_on_launch=False,
        )
        routes = self.child(ec2.RouteTable, f"{kind}-routes", vpc_id=self._args["vpc_id"])
        association = self.child(
            ec2.RouteTableAssociation,
            f"{kind}-association",
            subnet_id=subnet.id,
            route_table_id=routes.id,
        )
        return RoutedSubnet(subnet, routes, association)

    def _nat(self, to_internet: ec2.Route) -> ec2.NatGateway:
        return self.child(
            ec2.NatGateway,
            "nat",
            subnet_id=self.public.subnet.id,
            allocation_id=self.address.allocation_id,
            # Refused before the network has its internet gateway.
            # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html
            opts=pulumi.ResourceOptions(depends_on=[to_internet]),
        )

    def _route(
        self,
        part: str,
        begin: RoutedSubnet,
        destination: str,
        *,
        nat_gateway_id: Input[str] | None = None,
        gateway_id: Input[str] | None = None,
        vpc_endpoint_id: Input[str] | None = None,
    ) -> ec2.Route:
        return self.child(
            ec2.Route,
            part,
            route_table_id=begin.routes.id,
            destination_cidr_block=destination,
            nat_gateway_id=nat_gateway_id,
            gateway_id=gateway_id,
            vpc_endpoint_id=vpc_endpoint_id,
        )

    def _gateways(self) -> list[ec2.VpcEndpointRouteTableAssociation]:
        return [
            self.child(
                ec2.VpcEndpointRouteTableAssociation,
                f"gateway-{index}",
                route_table_id=self.egress.routes.id,
                vpc_endpoint_id=endpoint_id,
            )
            for index, endpoint_id in enumerate(self._args["gateway_endpoint_ids"])
        ]
