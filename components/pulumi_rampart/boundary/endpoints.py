"""The ways from a private network to AWS, and who may take them.

Creates, in order:
    <name>-functions            aws.ec2.SecurityGroup   for functions: reaches endpoints only
    <name>-services             aws.ec2.SecurityGroup   for endpoints: reached by functions only
    <name>-gateway-<service>    aws.ec2.VpcEndpoint     S3 and DynamoDB
    <name>-gateway-<service>-<n>   aws.ec2.VpcEndpointRouteTableAssociation
    <name>-to-<target>          aws.vpc.SecurityGroupEgressRule   one for each of them
    <name>-from-functions       aws.vpc.SecurityGroupIngressRule  the other side
    <name>-interface-<service>  aws.ec2.VpcEndpoint     each other service, when it is asked for
"""

from typing import Annotated, Any, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2, vpc

from pulumi_rampart.arguments import Distinct, Matching, checked
from pulumi_rampart.boundary.internet_access import HTTPS
from pulumi_rampart.boundary.prefix_lists import GATEWAY_SERVICES
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy

Services = Annotated[
    list[
        Annotated[
            str,
            Matching(
                r"(?!com\.|aws\.)[a-z0-9]+([.-][a-z0-9]+)*",
                "name the last part of an endpoint service's name: secretsmanager, ecr.api.",
            ),
        ]
    ],
    Distinct(),
]
"""Services as PrivateLink names them, after `com.amazonaws.<region>.`.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""
# What these hand out belongs to AWS, not to an account: the models of Bedrock.
# https://docs.aws.amazon.com/bedrock/latest/userguide/foundation-models-reference.html
_OWNED_BY_AWS = ("bedrock-runtime",)


class AwsEndpointsArgs(TypedDict):
    """Which network gets which endpoints."""

    vpc_id: Input[str]
    """The network."""
    region: Input[str]
    """Region of the services."""
    account_id: Input[str]
    """The only account whose resources can be reached."""
    subnet_ids: Input[list[str]]
    """Where interface endpoints have their addresses."""
    route_table_ids: NotRequired[Input[list[str]]]
    """Which subnets see the gateways, all of them, as a list of the gateway: of a network that is
    there already. Default none."""
    associated_route_table_ids: NotRequired[list[Input[str]]]
    """The same, one resource each, so that others can add theirs: a list in the gateway would
    remove those at the next update after a refresh. Default none."""
    interface_services: NotRequired[Services]
    """AWS services, by their endpoint names (`secretsmanager`). Default those asked for later."""


class AwsEndpoints(Component):
    """Endpoints that reach this account's resources and no one else's; a part of `PrivateNetwork`.

    Example:
        AwsEndpoints("aws", {
            "vpc_id": vpc.id, "region": "eu-central-1", "account_id": "123456789012",
            "subnet_ids": [subnet.id], "route_table_ids": [table.id],
            "interface_services": ["lambda", "secretsmanager"],
        })
    """

    NAMES = (("{name}-functions", ec2.SecurityGroup), ("{name}-services", ec2.SecurityGroup))

    function_security_group_id: Output[str]
    """Attached to functions."""
    service_security_group_id: Output[str]
    """Attached to interface endpoints."""

    def __init__(
        self, name: str, args: AwsEndpointsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, AwsEndpointsArgs)
        super().__init__(name, opts)

        # Rules are resources of their own: inline ones would undo them.
        self.functions = self._group("functions", "Functions that reach AWS and nothing else")
        self.services = self._group("services", "Interface endpoints of AWS services")
        self.gateways = [self._gateway(service) for service in GATEWAY_SERVICES]
        for service, gateway in zip(GATEWAY_SERVICES, self.gateways, strict=True):
            self._associate(service, gateway)
        self.to_services = self._to_services()
        self.from_functions = self._from_functions()
        self.interfaces: dict[str, ec2.VpcEndpoint] = {}
        for service in self._args.get("interface_services", []):
            self._interface(service)

        self.function_security_group_id = self.functions.id
        self.service_security_group_id = self.services.id
        self.register_outputs()

    def reach(self, services: set[str]) -> None:
        """Make the interface endpoints of services that are not reached yet.

        Does nothing where the program has listed `interface_services`: then these are all.
        """
        if "interface_services" in self._args:
            return
        for service in sorted(services - self.interfaces.keys() - set(GATEWAY_SERVICES)):
            self._interface(service)

    def _group(self, part: str, description: str) -> ec2.SecurityGroup:
        return self.child(
            ec2.SecurityGroup, part, vpc_id=self._args["vpc_id"], description=description
        )

    def _gateway(self, service: str) -> ec2.VpcEndpoint:
        return self.child(
            ec2.VpcEndpoint,
            f"gateway-{service}",
            vpc_id=self._args["vpc_id"],
            service_name=self._service_name(service),
            vpc_endpoint_type="Gateway",
            route_table_ids=self._args.get("route_table_ids"),
            policy=self._own_account_only(service),
        )

    def _associate(self, service: str, gateway: ec2.VpcEndpoint) -> None:
        for index, table_id in enumerate(self._args.get("associated_route_table_ids", [])):
            self.child(
                ec2.VpcEndpointRouteTableAssociation,
                f"gateway-{service}-{index}",
                route_table_id=table_id,
                vpc_endpoint_id=gateway.id,
            )

    def _interface(self, service: str) -> None:
        self.interfaces[service] = self.child(
            ec2.VpcEndpoint,
            f"interface-{service}",
            vpc_id=self._args["vpc_id"],
            service_name=self._service_name(service),
            vpc_endpoint_type="Interface",
            subnet_ids=self._args["subnet_ids"],
            security_group_ids=[self.services.id],
            private_dns_enabled=True,
            policy=self._own_account_only(service),
        )

    def _to_services(self) -> list[vpc.SecurityGroupEgressRule]:
        interfaces = self.child(
            vpc.SecurityGroupEgressRule,
            "to-services",
            security_group_id=self.functions.id,
            description="AWS services with an interface endpoint",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=self.services.id,
        )
        gateways = [
            self.child(
                vpc.SecurityGroupEgressRule,
                f"to-{service}",
                security_group_id=self.functions.id,
                description=f"{service} by its gateway endpoint",
                ip_protocol="tcp",
                from_port=HTTPS,
                to_port=HTTPS,
                prefix_list_id=gateway.prefix_list_id,
            )
            for service, gateway in zip(GATEWAY_SERVICES, self.gateways, strict=True)
        ]
        return [interfaces, *gateways]

    def _from_functions(self) -> vpc.SecurityGroupIngressRule:
        return self.child(
            vpc.SecurityGroupIngressRule,
            "from-functions",
            security_group_id=self.services.id,
            description="Functions without egress",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=self.functions.id,
        )

    def _service_name(self, service: str) -> Output[str]:
        return Output.concat("com.amazonaws.", self._args["region"], ".", service)

    def _own_account_only(self, service: str) -> Output[str]:
        """Neither a foreign identity nor a foreign bucket: no way to carry data out by AWS itself.

        https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws
        """
        account: dict[str, Any] = {"aws:PrincipalAccount": self._args["account_id"]}
        if service not in _OWNED_BY_AWS:
            account["aws:ResourceAccount"] = self._args["account_id"]
        return policy(
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "*",
                "Resource": "*",
                "Condition": {"StringEquals": account},
            }
        )
