"""The private network: functions in it reach AWS through endpoints and nothing else.

Creates, in order:
    <name>-vpc                 aws.ec2.Vpc, its default security group emptied
    <name>-flow-log            VpcFlowLog          who talked to whom
    <name>-private-<n>         aws.ec2.Subnet      one a zone, with a route table without routes
    <name>-endpoints           AwsEndpoints        the ways to AWS and who may take them
"""

import ipaddress
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_aws as aws
from pulumi import Input, Output
from pulumi_aws import ec2

from pulumi_rampart._arguments import ArgumentError, require_between
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.endpoints import AwsEndpoints
from pulumi_rampart.boundary.flow_log import VpcFlowLog

MAX_ZONES = 4


class PrivateNetworkArgs(TypedDict):
    """Where the network lies and which services it reaches."""

    region: Input[str]
    """Region of the endpoints."""
    account_id: Input[str]
    """The only account the endpoints let anybody reach."""
    key_arn: Input[str]
    """Encrypts the flow log."""
    availability_zones: int
    """Zones spanned, 2 to 4."""
    cidr: str
    """A /16."""
    interface_services: list[str]
    """AWS services with an interface endpoint, by their endpoint names."""
    log_retention_days: int
    """How long the flow log is kept."""


@dataclass(frozen=True, kw_only=True)
class PrivateNetworkTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    vpc: Transform[ec2.VpcArgs] = unchanged
    default_group: Transform[ec2.DefaultSecurityGroupArgs] = unchanged
    subnets: Transform[ec2.SubnetArgs] = unchanged
    route_tables: Transform[ec2.RouteTableArgs] = unchanged
    associations: Transform[ec2.RouteTableAssociationArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class PrivateNetworkNodes:
    """The raw resources."""

    vpc: ec2.Vpc
    default_group: ec2.DefaultSecurityGroup
    subnets: tuple[ec2.Subnet, ...]
    route_tables: tuple[ec2.RouteTable, ...]
    associations: tuple[ec2.RouteTableAssociation, ...]


class PrivateNetwork(pulumi.ComponentResource):
    """A VPC without internet gateway whose functions may talk to AWS endpoints only.

    Example:
        network = PrivateNetwork("net", {
            "region": "eu-central-1", "account_id": "123456789012", "key_arn": key.arn,
            "availability_zones": 2, "cidr": "10.0.0.0/16",
            "interface_services": ["lambda"], "log_retention_days": 365,
        })
    """

    vpc_id: Output[str]
    """The VPC."""
    subnet_ids: Output[list[str]]
    """Private subnets, one a zone."""
    function_security_group_id: Output[str]
    """What functions without egress wear."""

    def __init__(
        self,
        name: str,
        args: PrivateNetworkArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: PrivateNetworkTransforms = PrivateNetworkTransforms(),
    ) -> None:
        super().__init__("rampart:index:PrivateNetwork", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)
        blocks = subnet_blocks(f"{name}.cidr", args["cidr"], "private")
        zones = available_zones(f"{name}.availability_zones", args["availability_zones"], self)

        network, default_group = self._network()
        self._flow_log(network)
        subnets, route_tables, associations = self._subnets(network, zones, blocks)
        self.endpoints = self._endpoints(network, subnets, route_tables)

        self.nodes = PrivateNetworkNodes(
            vpc=network,
            default_group=default_group,
            subnets=subnets,
            route_tables=route_tables,
            associations=associations,
        )
        self.vpc_id = network.id
        self.subnet_ids = Output.all(*[subnet.id for subnet in subnets])
        self.function_security_group_id = self.endpoints.function_security_group_id
        self.register_outputs(
            {
                "vpcId": self.vpc_id,
                "subnetIds": self.subnet_ids,
                "functionSecurityGroupId": self.function_security_group_id,
            }
        )

    def _network(self) -> tuple[ec2.Vpc, ec2.DefaultSecurityGroup]:
        args = ec2.VpcArgs(
            cidr_block=self._args["cidr"], enable_dns_support=True, enable_dns_hostnames=True
        )
        self._transforms.vpc(args)
        network = ec2.Vpc(f"{self._name}-vpc", args, opts=self._child)
        # Without rules: whatever forgets its own security group can talk to nobody.
        group_args = ec2.DefaultSecurityGroupArgs(vpc_id=network.id)
        self._transforms.default_group(group_args)
        return network, ec2.DefaultSecurityGroup(
            f"{self._name}-default-group", group_args, opts=self._child
        )

    def _flow_log(self, network: ec2.Vpc) -> VpcFlowLog:
        return VpcFlowLog(
            f"{self._name}-flow-log",
            {
                "vpc_id": network.id,
                "account_id": self._args["account_id"],
                "key_arn": self._args["key_arn"],
                "log_retention_days": self._args["log_retention_days"],
            },
            self._child,
        )

    def _subnets(
        self, network: ec2.Vpc, zones: list[str], blocks: list[str]
    ) -> tuple[
        tuple[ec2.Subnet, ...],
        tuple[ec2.RouteTable, ...],
        tuple[ec2.RouteTableAssociation, ...],
    ]:
        subnets: list[ec2.Subnet] = []
        tables: list[ec2.RouteTable] = []
        associations: list[ec2.RouteTableAssociation] = []
        for index, zone in enumerate(zones):
            part = f"{self._name}-private-{index}"
            args = ec2.SubnetArgs(
                vpc_id=network.id, cidr_block=blocks[index], availability_zone=zone
            )
            self._transforms.subnets(args)
            subnets.append(ec2.Subnet(part, args, opts=self._child))
            table_args = ec2.RouteTableArgs(vpc_id=network.id)
            self._transforms.route_tables(table_args)
            tables.append(ec2.RouteTable(f"{part}-routes", table_args, opts=self._child))
            association_args = ec2.RouteTableAssociationArgs(
                subnet_id=subnets[-1].id, route_table_id=tables[-1].id
            )
            self._transforms.associations(association_args)
            associations.append(
                ec2.RouteTableAssociation(f"{part}-association", association_args, opts=self._child)
            )
        return tuple(subnets), tuple(tables), tuple(associations)

    def _endpoints(
        self,
        network: ec2.Vpc,
        subnets: tuple[ec2.Subnet, ...],
        route_tables: tuple[ec2.RouteTable, ...],
    ) -> AwsEndpoints:
        return AwsEndpoints(
            f"{self._name}-endpoints",
            {
                "vpc_id": network.id,
                "region": self._args["region"],
                "account_id": self._args["account_id"],
                "subnet_ids": [subnet.id for subnet in subnets],
                "route_table_ids": [table.id for table in route_tables],
                "interface_services": self._args["interface_services"],
            },
            self._child,
        )


KINDS = ("private", "egress", "public", "firewall")
"""What subnets are for; each kind has room for four zones in the /16."""


def subnet_blocks(field: str, cidr: str, kind: str) -> list[str]:
    """Return the four /20 blocks that a /16 keeps for one kind of subnet.

    Raises:
        ArgumentError: `cidr` is not a /16.
    """
    try:
        network = ipaddress.IPv4Network(cidr)
    except ValueError as error:
        raise ArgumentError(f"{field}={cidr!r}: {error}; pass a /16 such as 10.0.0.0/16.") from None
    if network.prefixlen != 16:  # noqa: PLR2004  # said in the message
        raise ArgumentError(f"{field}={cidr!r}: a /16 is needed; pass one such as 10.0.0.0/16.")
    blocks = [str(block) for block in network.subnets(new_prefix=20)]
    first = KINDS.index(kind) * MAX_ZONES
    return blocks[first : first + MAX_ZONES]


def require_zones(field: str, count: int) -> int:
    """Return how many zones a network spans, or say how many it may."""
    return require_between(
        field, count, 2, MAX_ZONES, "one zone alone would make every zone outage an outage."
    )


def available_zones(field: str, count: int, parent: pulumi.Resource) -> list[str]:
    """Return the first `count` zones of the region.

    Raises:
        ArgumentError: fewer than two or more than four were asked for, or the region has fewer.
    """
    wanted = require_zones(field, count)
    zones = aws.get_availability_zones(
        state="available", opts=pulumi.InvokeOptions(parent=parent)
    ).names
    if len(zones) < wanted:
        raise ArgumentError(f"{field}={wanted}: the region has {len(zones)} zones; ask for fewer.")
    return list(zones[:wanted])
