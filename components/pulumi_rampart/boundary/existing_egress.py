"""A way out that is there already: functions with egress use the subnets of a given network.

Creates, in order:
    <name>-functions, -to-...   aws.ec2.SecurityGroup   for functions that may leave
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.domains import EACH_ONCE, PORT, PORT_LIST
from pulumi_rampart.boundary.existing_network import SUBNETS
from pulumi_rampart.boundary.internet_access import internet_access
from pulumi_rampart.component import Component


class ExistingEgressArgs(TypedDict):
    """Which subnets lead where."""

    vpc_id: Input[str]
    """The network."""
    subnet_ids: Input[Annotated[list[str], SUBNETS]]
    """Subnets whose routes lead out."""
    ports: Annotated[list[Annotated[int, PORT]], PORT_LIST, EACH_ONCE]
    """TCP ports of what may be called."""
    service_security_group_id: Input[str]
    """Attached to the network's interface endpoints."""


class ExistingEgress(Component):
    """The security group of functions that leave by subnets of a given network.

    A part of `SecurityBoundary`.

    Example:
        ExistingEgress("out", {"vpc_id": vpc.id, "subnet_ids": [subnet.id], "ports": [443],
                               "service_security_group_id": "sg-endpoints"})
    """

    NAMES = (("{name}-functions", ec2.SecurityGroup),)

    subnet_ids: Output[list[str]]
    """Where functions with egress live."""
    function_security_group_id: Output[str]
    """Attached to functions with egress."""

    def __init__(
        self, name: str, args: ExistingEgressArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, ExistingEgressArgs)
        super().__init__(name, opts)

        self.access = internet_access(
            self,
            vpc_id=self._args["vpc_id"],
            ports=self._args["ports"],
            service_security_group_id=self._args["service_security_group_id"],
        )

        self.subnet_ids = Output.from_input(self._args["subnet_ids"])
        self.function_security_group_id = self.access.functions.id
        self.register_outputs()
