"""A network that is there already: functions use its subnets, and get security groups in it.

Creates, in order:
    <name>-endpoints      AwsEndpoints            unless the network has endpoints of its own
    <name>-functions      aws.ec2.SecurityGroup   or: for functions, which reach those endpoints
    <name>-to-<target>    aws.vpc.SecurityGroupEgressRule
    <name>-from-functions aws.vpc.SecurityGroupIngressRule   the other side
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2, vpc

from pulumi_rampart.arguments import Length, checked
from pulumi_rampart.boundary.endpoints import AwsEndpoints, AwsEndpointsArgs, Services
from pulumi_rampart.boundary.internet_access import HTTPS
from pulumi_rampart.boundary.prefix_lists import GATEWAY_SERVICES, prefix_list_id
from pulumi_rampart.component import Component

# https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html
SUBNETS = Length(1, 16, "name the subnets of functions; Lambda takes at most 16.")


class ExistingNetworkArgs(TypedDict):
    """A VPC that somebody else made."""

    vpc_id: Input[str]
    """The VPC, with DNS support and DNS host names."""
    private_subnet_ids: Input[Annotated[list[str], SUBNETS]]
    """Subnets for functions, one a zone, without a route to the internet."""
    route_table_ids: NotRequired[Input[list[str]]]
    """Of these subnets; the gateways to S3 and DynamoDB are entered there. Default none."""
    egress_subnet_ids: NotRequired[Input[Annotated[list[str], SUBNETS]]]
    """Subnets for functions with egress; their routes decide where to. Default none."""
    endpoint_security_group_id: NotRequired[Input[str]]
    """Attached to the endpoints that the network has; then none are made. Default none."""


class ExistingNetworkPlaceArgs(TypedDict):
    """Where the network lies, and what it is."""

    network: ExistingNetworkArgs
    """The VPC and its subnets."""
    region: Input[str]
    """Region of the endpoints."""
    account_id: Input[str]
    """The only account the endpoints let anybody reach."""
    interface_services: NotRequired[Services]
    """AWS services with an interface endpoint. Default those that functions ask for."""


class ExistingNetwork(Component):
    """Security groups, and endpoints where there are none, in a given VPC.

    A part of `SecurityBoundary`.

    Example:
        network = ExistingNetwork("net", {
            "region": "eu-central-1", "account_id": "123456789012",
            "network": {"vpc_id": vpc.id, "private_subnet_ids": [subnet.id],
                        "route_table_ids": [table.id]},
        })
    """

    NAMES = (("{name}-functions", ec2.SecurityGroup), ("{name}-endpoints", AwsEndpoints))

    vpc_id: Output[str]
    """The VPC."""
    subnet_ids: Output[list[str]]
    """Private subnets."""
    function_security_group_id: Output[str]
    """Attached to functions without egress."""
    service_security_group_id: Output[str]
    """Attached to interface endpoints."""

    def __init__(
        self,
        name: str,
        args: ExistingNetworkPlaceArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._args = checked(name, args, ExistingNetworkPlaceArgs)
        self._network = self._args["network"]
        super().__init__(name, opts)

        self.vpc_id = Output.from_input(self._network["vpc_id"])
        self.subnet_ids = Output.from_input(self._network["private_subnet_ids"])
        own = self._network.get("endpoint_security_group_id")
        self.endpoints = None if own else self._endpoints()
        if self.endpoints:
            self.function_security_group_id = self.endpoints.function_security_group_id
            self.service_security_group_id = self.endpoints.service_security_group_id
        else:
            self.service_security_group_id = Output.from_input(own or "")
            self.function_security_group_id = self._functions().id
        self.register_outputs()

    def _endpoints(self) -> AwsEndpoints:
        args: AwsEndpointsArgs = {
            "vpc_id": self.vpc_id,
            "region": self._args["region"],
            "account_id": self._args["account_id"],
            "subnet_ids": self.subnet_ids,
            "route_table_ids": self._network.get("route_table_ids", []),
        }
        if "interface_services" in self._args:
            args["interface_services"] = self._args["interface_services"]
        return self.child(AwsEndpoints, "endpoints", args)

    def _functions(self) -> ec2.SecurityGroup:
        """Make the group of functions, with rules to what the network has already."""
        functions = self.child(
            ec2.SecurityGroup,
            "functions",
            vpc_id=self.vpc_id,
            description="Functions that reach AWS and nothing else",
        )
        self.child(
            vpc.SecurityGroupEgressRule,
            "to-services",
            security_group_id=functions.id,
            description="AWS services with an interface endpoint",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=self.service_security_group_id,
        )
        for service in GATEWAY_SERVICES:
            self.child(
                vpc.SecurityGroupEgressRule,
                f"to-{service}",
                security_group_id=functions.id,
                description=f"{service} by the network's gateway endpoint",
                ip_protocol="tcp",
                from_port=HTTPS,
                to_port=HTTPS,
                prefix_list_id=prefix_list_id(self, service, self._args["region"]),
            )
        self.child(
            vpc.SecurityGroupIngressRule,
            "from-functions",
            security_group_id=self.service_security_group_id,
            description="Functions without egress",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=functions.id,
        )
        return functions
