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
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2, networkfirewall

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.network import subnet_blocks

ANYWHERE = "0.0.0.0/0"


class EgressZoneArgs(TypedDict):
    """Where the zone lies."""

    vpc_id: Input[str]
    """The network."""
    internet_gateway_id: Input[str]
    """Its door."""
    cidr: str
    """The network's range, a /16."""
    availability_zone: str
    """The zone's name."""
    index: int
    """Which of the range's blocks it takes, 0 to 3."""
    gateway_endpoint_ids: list[Input[str]]
    """Gateways to S3 and DynamoDB, which egress functions take too."""


@dataclass(frozen=True, kw_only=True)
class EgressZoneTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    subnets: Transform[ec2.SubnetArgs] = unchanged
    address: Transform[ec2.EipArgs] = unchanged
    nat: Transform[ec2.NatGatewayArgs] = unchanged
    route_tables: Transform[ec2.RouteTableArgs] = unchanged
    associations: Transform[ec2.RouteTableAssociationArgs] = unchanged
    routes: Transform[ec2.RouteArgs] = unchanged
    gateways: Transform[ec2.VpcEndpointRouteTableAssociationArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class EgressZoneNodes:
    """The raw resources; the subnets in the order in which traffic leaves."""

    subnets: tuple[ec2.Subnet, ...]
    address: ec2.Eip
    nat: ec2.NatGateway
    route_tables: tuple[ec2.RouteTable, ...]
    associations: tuple[ec2.RouteTableAssociation, ...]
    routes: tuple[ec2.Route, ...]
    gateways: tuple[ec2.VpcEndpointRouteTableAssociation, ...]


class EgressZone(pulumi.ComponentResource):
    """Subnets, NAT gateway and routes of one zone.

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
        self,
        name: str,
        args: EgressZoneArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: EgressZoneTransforms = EgressZoneTransforms(),
    ) -> None:
        super().__init__("rampart:index:EgressZone", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        egress, egress_routes, egress_association = self._subnet("egress")
        firewall, firewall_routes, firewall_association = self._subnet("firewall")
        public, public_routes, public_association = self._subnet("public")
        address, nat = self._nat(public)
        to_nat = self._route("firewall-out", firewall_routes, ANYWHERE, nat_gateway_id=nat.id)
        to_internet = self._route(
            "public-out", public_routes, ANYWHERE, gateway_id=args["internet_gateway_id"]
        )

        gateways = self._gateways(egress_routes)

        self._egress_routes, self._public_routes = egress_routes, public_routes
        self.nodes = EgressZoneNodes(
            subnets=(egress, firewall, public),
            address=address,
            nat=nat,
            route_tables=(egress_routes, firewall_routes, public_routes),
            associations=(egress_association, firewall_association, public_association),
            routes=(to_nat, to_internet),
            gateways=gateways,
        )
        self.subnet_id, self.firewall_subnet_id = egress.id, firewall.id
        self.register_outputs(
            {"subnetId": self.subnet_id, "firewallSubnetId": self.firewall_subnet_id}
        )

    def route_through(self, firewall: networkfirewall.Firewall) -> None:
        """Send both directions through the zone's own firewall endpoint.

        The answer must pass the endpoint that saw the question, or the firewall drops it.
        """
        endpoint_id = firewall.firewall_statuses.apply(self._endpoint_of_zone)
        self._route("egress-out", self._egress_routes, ANYWHERE, vpc_endpoint_id=endpoint_id)
        block = subnet_blocks("cidr", self._args["cidr"], "egress")[int(self._args["index"])]
        self._route("public-back", self._public_routes, block, vpc_endpoint_id=endpoint_id)

    def _endpoint_of_zone(
        self, statuses: Sequence[networkfirewall.outputs.FirewallFirewallStatus]
    ) -> str:
        for state in statuses[0].sync_states or []:
            if state.availability_zone == self._args["availability_zone"] and state.attachments:
                return state.attachments[0].endpoint_id or ""
        raise LookupError(f"the firewall has no endpoint in {self._args['availability_zone']}")

    def _subnet(self, kind: str) -> tuple[ec2.Subnet, ec2.RouteTable, ec2.RouteTableAssociation]:
        block = subnet_blocks("cidr", self._args["cidr"], kind)[int(self._args["index"])]
        args = ec2.SubnetArgs(
            vpc_id=self._args["vpc_id"],
            cidr_block=block,
            availability_zone=self._args["availability_zone"],
            map_public_ip_on_launch=False,
        )
        self._transforms.subnets(args)
        subnet = ec2.Subnet(f"{self._name}-{kind}", args, opts=self._child)
        table_args = ec2.RouteTableArgs(vpc_id=self._args["vpc_id"])
        self._transforms.route_tables(table_args)
        table = ec2.RouteTable(f"{self._name}-{kind}-routes", table_args, opts=self._child)
        association_args = ec2.RouteTableAssociationArgs(
            subnet_id=subnet.id, route_table_id=table.id
        )
        self._transforms.associations(association_args)
        association = ec2.RouteTableAssociation(
            f"{self._name}-{kind}-association", association_args, opts=self._child
        )
        return subnet, table, association

    def _nat(self, public: ec2.Subnet) -> tuple[ec2.Eip, ec2.NatGateway]:
        address_args = ec2.EipArgs(domain="vpc")
        self._transforms.address(address_args)
        address = ec2.Eip(f"{self._name}-address", address_args, opts=self._child)
        args = ec2.NatGatewayArgs(subnet_id=public.id, allocation_id=address.allocation_id)
        self._transforms.nat(args)
        return address, ec2.NatGateway(f"{self._name}-nat", args, opts=self._child)

    def _route(
        self, part: str, table: ec2.RouteTable, destination: str, **target: Input[str]
    ) -> ec2.Route:
        args = ec2.RouteArgs(route_table_id=table.id, destination_cidr_block=destination, **target)
        self._transforms.routes(args)
        return ec2.Route(f"{self._name}-{part}", args, opts=self._child)

    def _gateways(self, table: ec2.RouteTable) -> tuple[ec2.VpcEndpointRouteTableAssociation, ...]:
        gateways: list[ec2.VpcEndpointRouteTableAssociation] = []
        for index, endpoint_id in enumerate(self._args["gateway_endpoint_ids"]):
            args = ec2.VpcEndpointRouteTableAssociationArgs(
                route_table_id=table.id, vpc_endpoint_id=endpoint_id
            )
            self._transforms.gateways(args)
            gateways.append(
                ec2.VpcEndpointRouteTableAssociation(
                    f"{self._name}-gateway-{index}", args, opts=self._child
                )
            )
        return tuple(gateways)
