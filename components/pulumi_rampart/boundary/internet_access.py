"""What functions that may leave the network are allowed to connect to, whatever the way out is."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi import Input
from pulumi_aws import ec2, vpc

from pulumi_rampart.boundary.prefix_lists import GATEWAY_SERVICES, prefix_list_id
from pulumi_rampart.component import Component

ANYWHERE = "0.0.0.0/0"
HTTPS = 443


@dataclass(frozen=True)
class InternetAccess:
    """A security group for functions, with its rules."""

    functions: ec2.SecurityGroup
    to_internet: list[vpc.SecurityGroupEgressRule]
    to_services: vpc.SecurityGroupIngressRule
    to_aws: list[vpc.SecurityGroupEgressRule]
    """To AWS by endpoints, where the ports of the internet do not lead there too."""


def internet_access(
    component: Component,
    *,
    vpc_id: Input[str],
    ports: Sequence[int],
    service_security_group_id: Input[str],
) -> InternetAccess:
    """Make the group of functions that may leave as children of `component`.

    Args:
        component: the way out.
        vpc_id: the network.
        ports: TCP ports of what may be called.
        service_security_group_id: attached to the network's interface endpoints.
    """
    functions = component.child(
        ec2.SecurityGroup,
        "functions",
        vpc_id=vpc_id,
        description="Functions that may call the domains on the allow-list",
    )
    to_internet = [
        component.child(
            vpc.SecurityGroupEgressRule,
            f"to-internet-{port}",
            security_group_id=functions.id,
            description="The firewall decides by name; addresses of services change",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            cidr_ipv4=ANYWHERE,
        )
        for port in ports
    ]
    to_services = component.child(
        vpc.SecurityGroupIngressRule,
        "to-services",
        security_group_id=service_security_group_id,
        description="Functions with egress",
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        referenced_security_group_id=functions.id,
    )
    to_aws = [] if HTTPS in ports else _to_aws(component, functions, service_security_group_id)
    return InternetAccess(functions, to_internet, to_services, to_aws)


def _to_aws(
    component: Component, functions: ec2.SecurityGroup, service_security_group_id: Input[str]
) -> list[vpc.SecurityGroupEgressRule]:
    """Let functions reach AWS by endpoints when HTTPS is not among their ports."""
    region = aws.get_region_output(opts=pulumi.InvokeOutputOptions(parent=component)).region
    interfaces = component.child(
        vpc.SecurityGroupEgressRule,
        "to-endpoints",
        security_group_id=functions.id,
        description="AWS services with an interface endpoint",
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        referenced_security_group_id=service_security_group_id,
    )
    gateways = [
        component.child(
            vpc.SecurityGroupEgressRule,
            f"to-{service}",
            security_group_id=functions.id,
            description=f"{service} by its gateway endpoint",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            prefix_list_id=prefix_list_id(component, service, region),
        )
        for service in GATEWAY_SERVICES
    ]
    return [interfaces, *gateways]
