"""The private network: functions in it reach AWS through endpoints and nothing else.

Creates, in order:
    <name>-vpc            aws.ec2.Vpc     its default security group emptied
    <name>-flow-log       VpcFlowLog      who talked to whom
    <name>-private-<n>    aws.ec2.Subnet  one a zone, with a route table without routes
    <name>-endpoints      AwsEndpoints    the ways to AWS and who may take them
"""

from typing import Annotated, NotRequired, TypedDict

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
from pulumi_rampart.boundary.endpoints import AwsEndpoints, AwsEndpointsArgs, Services
from pulumi_rampart.boundary.flow_log import VpcFlowLog
from pulumi_rampart.boundary.retention import RETENTION
from pulumi_rampart.component import Component


class PrivateNetworkArgs(TypedDict):
    """Where the network lies and which services it reaches."""

    region: Input[str]
    """Region of the endpoints."""
    account_id: Input[str]
    """The only account the endpoints let anybody reach."""
    key_arn: Input[str]
    """Encrypts the flow log."""
    availability_zones: Annotated[int, ZONES]
    """Zones spanned, 1 to 4."""
    cidr: Annotated[str, NetworkRange()]
    """A /16."""
    interface_services: NotRequired[Services]
    """AWS services with an interface endpoint. Default those that functions ask for."""
    endpoint_zones: NotRequired[Annotated[int, ZONES]]
    """Zones in which interface endpoints have an address, each paid by the hour. Default all."""
    log_retention_days: Annotated[int, RETENTION]
    """How long the flow log is kept, in days."""


class PrivateNetwork(Component):
    """A VPC without internet gateway whose functions may talk to AWS endpoints only.

    A part of `SecurityBoundary`.

    Example:
        network = PrivateNetwork("net", {
            "region": "eu-central-1", "account_id": "123456789012", "key_arn": key.arn,
            "availability_zones": 2, "cidr": "10.0.0.0/16",
            "interface_services": ["lambda"], "log_retention_days": 365,
        })
    """

    NAMES = (("{name}-flow-log", VpcFlowLog), ("{name}-endpoints", AwsEndpoints))

    vpc_id: Output[str]
    """The VPC."""
    subnet_ids: Output[list[str]]
    """Private subnets, one a zone."""
    function_security_group_id: Output[str]
    """Attached to functions without egress."""

    def __init__(
        self, name: str, args: PrivateNetworkArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, PrivateNetworkArgs)
        super().__init__(name, opts)
        zones = available_zones(name, self._args["availability_zones"], self)

        self.vpc = self._vpc()
        # Without rules: what is made without a security group of its own can talk to nobody.
        self.default_group = self.child(
            ec2.DefaultSecurityGroup, "default-group", vpc_id=self.vpc.id
        )
        self.flow_log = self._flow_log()
        self.subnets: list[ec2.Subnet] = []
        self.route_tables: list[ec2.RouteTable] = []
        for index, zone in enumerate(zones):
            self._subnet(index, zone)
        self.endpoints = self._endpoints()

        self.vpc_id = self.vpc.id
        self.subnet_ids = Output.all(*[subnet.id for subnet in self.subnets])
        self.function_security_group_id = self.endpoints.function_security_group_id
        self.register_outputs()

    def _vpc(self) -> ec2.Vpc:
        return self.child(
            ec2.Vpc,
            "vpc",
            cidr_block=self._args["cidr"],
            enable_dns_support=True,
            enable_dns_hostnames=True,
        )

    def _flow_log(self) -> VpcFlowLog:
        return self.child(
            VpcFlowLog,
            "flow-log",
            {
                "vpc_id": self.vpc.id,
                "account_id": self._args["account_id"],
                "key_arn": self._args["key_arn"],
                "log_retention_days": self._args["log_retention_days"],
            },
        )

    def _subnet(self, index: int, zone: str) -> None:
        part = f"private-{index}"
        subnet = self.child(
            ec2.Subnet,
            part,
            vpc_id=self.vpc.id,
            cidr_block=subnet_blocks(self._args["cidr"], "private")[index],
            availability_zone=zone,
        )
        routes = self.child(ec2.RouteTable, f"{part}-routes", vpc_id=self.vpc.id)
        self.child(
            ec2.RouteTableAssociation,
            f"{part}-association",
            subnet_id=subnet.id,
            route_table_id=routes.id,
        )
        self.subnets.append(subnet)
        self.route_tables.append(routes)

    def _endpoints(self) -> AwsEndpoints:
        zones = self._args.get("endpoint_zones", len(self.subnets))
        args: AwsEndpointsArgs = {
            "vpc_id": self.vpc.id,
            "region": self._args["region"],
            "account_id": self._args["account_id"],
            "subnet_ids": Output.all(*[subnet.id for subnet in self.subnets[:zones]]),
            "associated_route_table_ids": [table.id for table in self.route_tables],
        }
        if "interface_services" in self._args:
            args["interface_services"] = self._args["interface_services"]
        return self.child(AwsEndpoints, "endpoints", args)
