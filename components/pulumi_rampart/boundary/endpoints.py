"""The ways from a private network to AWS, and who may take them.

Creates, in order:
    <name>-functions            aws.ec2.SecurityGroup   for functions: talks to endpoints only
    <name>-services             aws.ec2.SecurityGroup   for endpoints: listens to functions only
    <name>-gateway-<service>    aws.ec2.VpcEndpoint     S3 and DynamoDB
    <name>-interface-<service>  aws.ec2.VpcEndpoint     everything else
    <name>-to-<target>          aws.vpc.SecurityGroupEgressRule   one for each of them
    <name>-from-functions       aws.vpc.SecurityGroupIngressRule  the other side
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2, vpc

from pulumi_rampart._transform import Transform, unchanged

GATEWAY_SERVICES = ("dynamodb", "s3")
HTTPS = 443
# What functions here call; each costs an address in every zone.
INTERFACE_SERVICES: tuple[str, ...] = (
    "events",
    "kms",
    "lambda",
    "logs",
    "secretsmanager",
    "sqs",
    "ssm",
    "xray",
)


class AwsEndpointsArgs(TypedDict):
    """Which network gets which endpoints."""

    vpc_id: Input[str]
    """The network."""
    region: Input[str]
    """Region of the services."""
    account_id: Input[str]
    """The only account whose resources can be reached."""
    subnet_ids: list[Input[str]]
    """Where interface endpoints have their addresses."""
    route_table_ids: list[Input[str]]
    """Which subnets see the gateways."""
    interface_services: list[str]
    """AWS services, by their endpoint names (`secretsmanager`)."""


@dataclass(frozen=True, kw_only=True)
class AwsEndpointsTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    functions: Transform[ec2.SecurityGroupArgs] = unchanged
    services: Transform[ec2.SecurityGroupArgs] = unchanged
    gateways: Transform[ec2.VpcEndpointArgs] = unchanged
    interfaces: Transform[ec2.VpcEndpointArgs] = unchanged
    to_services: Transform[vpc.SecurityGroupEgressRuleArgs] = unchanged
    from_functions: Transform[vpc.SecurityGroupIngressRuleArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class AwsEndpointsNodes:
    """The raw resources."""

    functions: ec2.SecurityGroup
    services: ec2.SecurityGroup
    gateways: tuple[ec2.VpcEndpoint, ...]
    interfaces: tuple[ec2.VpcEndpoint, ...]
    to_services: tuple[vpc.SecurityGroupEgressRule, ...]
    from_functions: vpc.SecurityGroupIngressRule


class AwsEndpoints(pulumi.ComponentResource):
    """Endpoints that reach this account's resources and no one else's.

    Example:
        AwsEndpoints("aws", {
            "vpc_id": vpc.id, "region": "eu-central-1", "account_id": "123456789012",
            "subnet_ids": [subnet.id], "route_table_ids": [table.id],
            "interface_services": ["lambda", "secretsmanager"],
        })
    """

    function_security_group_id: Output[str]
    """What functions wear."""
    service_security_group_id: Output[str]
    """What interface endpoints wear."""

    def __init__(
        self,
        name: str,
        args: AwsEndpointsArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: AwsEndpointsTransforms = AwsEndpointsTransforms(),
    ) -> None:
        super().__init__("rampart:index:AwsEndpoints", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        functions, services = self._security_groups()
        gateways = self._gateways()
        interfaces = self._interfaces(services)
        to_services = self.open_from(functions, gateways, services, self._child)
        from_functions = self._from_functions(functions, services)

        self.nodes = AwsEndpointsNodes(
            functions=functions,
            services=services,
            gateways=gateways,
            interfaces=interfaces,
            to_services=to_services,
            from_functions=from_functions,
        )
        self.function_security_group_id = functions.id
        self.service_security_group_id = services.id
        self.register_outputs(
            {
                "functionSecurityGroupId": functions.id,
                "serviceSecurityGroupId": services.id,
            }
        )

    def _security_groups(self) -> tuple[ec2.SecurityGroup, ec2.SecurityGroup]:
        """Rules are resources of their own: inline ones would fight with them."""
        function_args = ec2.SecurityGroupArgs(
            vpc_id=self._args["vpc_id"], description="Functions that reach AWS and nothing else"
        )
        self._transforms.functions(function_args)
        service_args = ec2.SecurityGroupArgs(
            vpc_id=self._args["vpc_id"], description="Interface endpoints of AWS services"
        )
        self._transforms.services(service_args)
        return (
            ec2.SecurityGroup(f"{self._name}-functions", function_args, opts=self._child),
            ec2.SecurityGroup(f"{self._name}-services", service_args, opts=self._child),
        )

    def _gateways(self) -> tuple[ec2.VpcEndpoint, ...]:
        gateways: list[ec2.VpcEndpoint] = []
        for service in GATEWAY_SERVICES:
            args = ec2.VpcEndpointArgs(
                vpc_id=self._args["vpc_id"],
                service_name=self._service_name(service),
                vpc_endpoint_type="Gateway",
                route_table_ids=self._args["route_table_ids"],
                policy=self._own_account_only(),
            )
            self._transforms.gateways(args)
            gateways.append(
                ec2.VpcEndpoint(f"{self._name}-gateway-{service}", args, opts=self._child)
            )
        return tuple(gateways)

    def _interfaces(self, services: ec2.SecurityGroup) -> tuple[ec2.VpcEndpoint, ...]:
        interfaces: list[ec2.VpcEndpoint] = []
        for service in self._args["interface_services"]:
            args = ec2.VpcEndpointArgs(
                vpc_id=self._args["vpc_id"],
                service_name=self._service_name(service),
                vpc_endpoint_type="Interface",
                subnet_ids=self._args["subnet_ids"],
                security_group_ids=[services.id],
                private_dns_enabled=True,
                policy=self._own_account_only(),
            )
            self._transforms.interfaces(args)
            interfaces.append(
                ec2.VpcEndpoint(f"{self._name}-interface-{service}", args, opts=self._child)
            )
        return tuple(interfaces)

    def open_from(
        self,
        group: ec2.SecurityGroup,
        gateways: tuple[ec2.VpcEndpoint, ...],
        services: ec2.SecurityGroup,
        opts: pulumi.ResourceOptions,
    ) -> tuple[vpc.SecurityGroupEgressRule, ...]:
        """Let whoever wears `group` talk to the endpoints."""
        targets: dict[str, vpc.SecurityGroupEgressRuleArgs] = {
            "services": vpc.SecurityGroupEgressRuleArgs(
                security_group_id=group.id,
                description="AWS services with an interface endpoint",
                ip_protocol="tcp",
                from_port=HTTPS,
                to_port=HTTPS,
                referenced_security_group_id=services.id,
            )
        }
        for service, gateway in zip(GATEWAY_SERVICES, gateways, strict=True):
            targets[service] = vpc.SecurityGroupEgressRuleArgs(
                security_group_id=group.id,
                description=f"{service} by its gateway endpoint",
                ip_protocol="tcp",
                from_port=HTTPS,
                to_port=HTTPS,
                prefix_list_id=gateway.prefix_list_id,
            )
        rules: list[vpc.SecurityGroupEgressRule] = []
        for target, args in targets.items():
            self._transforms.to_services(args)
            rules.append(vpc.SecurityGroupEgressRule(f"{self._name}-to-{target}", args, opts=opts))
        return tuple(rules)

    def _from_functions(
        self, functions: ec2.SecurityGroup, services: ec2.SecurityGroup
    ) -> vpc.SecurityGroupIngressRule:
        args = vpc.SecurityGroupIngressRuleArgs(
            security_group_id=services.id,
            description="Functions without egress",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=functions.id,
        )
        self._transforms.from_functions(args)
        return vpc.SecurityGroupIngressRule(f"{self._name}-from-functions", args, opts=self._child)

    def _service_name(self, service: str) -> Output[str]:
        return Output.concat("com.amazonaws.", self._args["region"], ".", service)

    def _own_account_only(self) -> Output[str]:
        """Neither a foreign identity nor a foreign bucket: no way to carry data out by AWS itself.

        https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws
        """
        return Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": "*",
                        "Action": "*",
                        "Resource": "*",
                        "Condition": {
                            "StringEquals": {
                                "aws:PrincipalAccount": self._args["account_id"],
                                "aws:ResourceAccount": self._args["account_id"],
                            }
                        },
                    }
                ],
            }
        )
