"""A way out of the private network, to an allow-list of domains and nowhere else.

Creates, in order:
    <name>-internet                  aws.ec2.InternetGateway
    <name>-rules, -policy, -firewall aws.networkfirewall.*    drops what is not on the list
    <name>-zone-<n>                  EgressZone               subnets, NAT and routes of one zone
    <name>-alerts                    aws.cloudwatch.LogGroup  what was dropped
    <name>-functions                 aws.ec2.SecurityGroup    for functions that may leave

Traffic of a function: egress subnet -> firewall endpoint -> NAT gateway -> internet gateway. The
firewall reads the TLS server name (or HTTP host), so an address alone opens nothing.
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, ec2, networkfirewall, vpc
from pulumi_aws.networkfirewall import (
    FirewallEncryptionConfigurationArgs,
    FirewallPolicyEncryptionConfigurationArgs,
    FirewallPolicyFirewallPolicyArgs,
    FirewallPolicyFirewallPolicyStatefulEngineOptionsArgs,
    FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArgs,
    FirewallSubnetMappingArgs,
    LoggingConfigurationLoggingConfigurationArgs,
    LoggingConfigurationLoggingConfigurationLogDestinationConfigArgs,
    RuleGroupEncryptionConfigurationArgs,
)

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.egress_zone import EgressZone
from pulumi_rampart.boundary.endpoints import HTTPS
from pulumi_rampart.boundary.network import available_zones

# Fixed when the group is made; one rule counts one. Room for a long list.
# https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-group-managing.html
RULE_CAPACITY = 200


class EgressFirewallArgs(TypedDict):
    """Who may be called."""

    vpc_id: Input[str]
    """The network that gets a way out."""
    cidr: str
    """Its range, a /16."""
    availability_zones: int
    """Zones spanned, as the network's."""
    domains: list[str]
    """Hosts, or domains with a leading dot."""
    ports: list[int]
    """TCP ports of those hosts."""
    service_security_group_id: Input[str]
    """What the network's interface endpoints wear."""
    gateway_endpoint_ids: list[Input[str]]
    """The network's gateways to S3 and DynamoDB."""
    key_arn: Input[str]
    """Encrypts rules and logs."""
    log_retention_days: int
    """How long it is kept what was dropped."""
    deletion_protection: bool
    """Whether the firewall refuses to be deleted."""


@dataclass(frozen=True, kw_only=True)
class EgressFirewallTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    internet: Transform[ec2.InternetGatewayArgs] = unchanged
    rules: Transform[networkfirewall.RuleGroupArgs] = unchanged
    policy: Transform[networkfirewall.FirewallPolicyArgs] = unchanged
    firewall: Transform[networkfirewall.FirewallArgs] = unchanged
    alerts: Transform[cloudwatch.LogGroupArgs] = unchanged
    logging: Transform[networkfirewall.LoggingConfigurationArgs] = unchanged
    functions: Transform[ec2.SecurityGroupArgs] = unchanged
    to_internet: Transform[vpc.SecurityGroupEgressRuleArgs] = unchanged
    to_services: Transform[vpc.SecurityGroupIngressRuleArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class EgressFirewallNodes:
    """The raw resources."""

    internet: ec2.InternetGateway
    rules: networkfirewall.RuleGroup
    policy: networkfirewall.FirewallPolicy
    firewall: networkfirewall.Firewall
    alerts: cloudwatch.LogGroup
    logging: networkfirewall.LoggingConfiguration
    functions: ec2.SecurityGroup
    to_internet: tuple[vpc.SecurityGroupEgressRule, ...]
    to_services: vpc.SecurityGroupIngressRule


class EgressFirewall(pulumi.ComponentResource):
    """A firewall that lets connections to listed domains through and drops the rest.

    Example:
        EgressFirewall("out", {
            "vpc_id": vpc.id, "cidr": "10.0.0.0/16", "availability_zones": 2,
            "domains": ["api.example.com"], "ports": [443],
            "service_security_group_id": endpoints.service_security_group_id,
            "gateway_endpoint_ids": [], "key_arn": key.arn,
            "log_retention_days": 365, "deletion_protection": True,
        })
    """

    subnet_ids: Output[list[str]]
    """Where functions with egress live."""
    function_security_group_id: Output[str]
    """What they wear."""

    def __init__(
        self,
        name: str,
        args: EgressFirewallArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: EgressFirewallTransforms = EgressFirewallTransforms(),
    ) -> None:
        super().__init__("rampart:index:EgressFirewall", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)
        zones = available_zones(f"{name}.availability_zones", args["availability_zones"], self)

        internet = self._internet()
        rules = self._rules()
        policy = self._policy(rules)
        self.zones = [
            EgressZone(
                f"{name}-zone-{index}",
                {
                    "vpc_id": args["vpc_id"],
                    "internet_gateway_id": internet.id,
                    "cidr": args["cidr"],
                    "availability_zone": zone,
                    "index": index,
                    "gateway_endpoint_ids": args["gateway_endpoint_ids"],
                },
                self._child,
            )
            for index, zone in enumerate(zones)
        ]
        firewall = self._firewall(policy)
        for zone in self.zones:
            zone.route_through(firewall)
        alerts, logging = self._logging(firewall)
        functions, to_internet = self._functions()
        to_services = self._to_services(functions)

        self.nodes = EgressFirewallNodes(
            internet=internet,
            rules=rules,
            policy=policy,
            firewall=firewall,
            alerts=alerts,
            logging=logging,
            functions=functions,
            to_internet=to_internet,
            to_services=to_services,
        )
        self.subnet_ids = Output.all(*[zone.subnet_id for zone in self.zones])
        self.function_security_group_id = functions.id
        self.register_outputs(
            {"subnetIds": self.subnet_ids, "functionSecurityGroupId": functions.id}
        )

    def _internet(self) -> ec2.InternetGateway:
        args = ec2.InternetGatewayArgs(vpc_id=self._args["vpc_id"])
        self._transforms.internet(args)
        return ec2.InternetGateway(f"{self._name}-internet", args, opts=self._child)

    def _rules(self) -> networkfirewall.RuleGroup:
        """Suricata rules: the domain list form knows the standard ports only, Bolt has its own.

        https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-examples.html
        """
        args = networkfirewall.RuleGroupArgs(
            type="STATEFUL",
            capacity=RULE_CAPACITY,
            rules="\n".join(self._pass_rule(n, d) for n, d in enumerate(self._args["domains"], 1)),
            encryption_configuration=RuleGroupEncryptionConfigurationArgs(
                type="CUSTOMER_KMS", key_id=self._args["key_arn"]
            ),
        )
        self._transforms.rules(args)
        return networkfirewall.RuleGroup(f"{self._name}-rules", args, opts=self._child)

    def _pass_rule(self, number: int, domain: str) -> str:
        ports = ",".join(str(int(port)) for port in self._args["ports"])
        # dotprefix lets `.example.com` match both the domain and what is below it.
        below = domain.startswith(".")
        match = f'dotprefix; content:"{domain}"' if below else f'content:"{domain}"; startswith'
        return (
            f"pass tls $HOME_NET any -> $EXTERNAL_NET [{ports}] (tls.sni; {match}; endswith; "
            f'nocase; msg:"{domain}"; flow:to_server; sid:{number}; rev:1;)'
        )

    def _policy(self, rules: networkfirewall.RuleGroup) -> networkfirewall.FirewallPolicy:
        args = networkfirewall.FirewallPolicyArgs(
            firewall_policy=FirewallPolicyFirewallPolicyArgs(
                stateless_default_actions=["aws:forward_to_sfe"],
                stateless_fragment_default_actions=["aws:drop"],
                stateful_engine_options=FirewallPolicyFirewallPolicyStatefulEngineOptionsArgs(
                    rule_order="STRICT_ORDER", stream_exception_policy="DROP"
                ),
                # Established only: the handshake must pass for the server name to be seen.
                stateful_default_actions=["aws:drop_established", "aws:alert_established"],
                stateful_rule_group_references=[
                    FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArgs(
                        priority=1, resource_arn=rules.arn
                    )
                ],
            ),
            encryption_configuration=FirewallPolicyEncryptionConfigurationArgs(
                type="CUSTOMER_KMS", key_id=self._args["key_arn"]
            ),
        )
        self._transforms.policy(args)
        return networkfirewall.FirewallPolicy(f"{self._name}-policy", args, opts=self._child)

    def _firewall(self, policy: networkfirewall.FirewallPolicy) -> networkfirewall.Firewall:
        args = networkfirewall.FirewallArgs(
            firewall_policy_arn=policy.arn,
            vpc_id=self._args["vpc_id"],
            subnet_mappings=[
                FirewallSubnetMappingArgs(subnet_id=zone.firewall_subnet_id) for zone in self.zones
            ],
            delete_protection=self._args["deletion_protection"],
            encryption_configuration=FirewallEncryptionConfigurationArgs(
                type="CUSTOMER_KMS", key_id=self._args["key_arn"]
            ),
        )
        self._transforms.firewall(args)
        return networkfirewall.Firewall(f"{self._name}-firewall", args, opts=self._child)

    def _logging(
        self, firewall: networkfirewall.Firewall
    ) -> tuple[cloudwatch.LogGroup, networkfirewall.LoggingConfiguration]:
        group_args = cloudwatch.LogGroupArgs(
            kms_key_id=self._args["key_arn"], retention_in_days=self._args["log_retention_days"]
        )
        self._transforms.alerts(group_args)
        group = cloudwatch.LogGroup(f"{self._name}-alerts", group_args, opts=self._child)
        args = networkfirewall.LoggingConfigurationArgs(
            firewall_arn=firewall.arn,
            logging_configuration=LoggingConfigurationLoggingConfigurationArgs(
                log_destination_configs=[
                    LoggingConfigurationLoggingConfigurationLogDestinationConfigArgs(
                        log_type="ALERT",
                        log_destination_type="CloudWatchLogs",
                        log_destination={"logGroup": group.name},
                    )
                ]
            ),
        )
        self._transforms.logging(args)
        return group, networkfirewall.LoggingConfiguration(
            f"{self._name}-logging", args, opts=self._child
        )

    def _functions(self) -> tuple[ec2.SecurityGroup, tuple[vpc.SecurityGroupEgressRule, ...]]:
        group_args = ec2.SecurityGroupArgs(
            vpc_id=self._args["vpc_id"],
            description="Functions that may call the domains on the allow-list",
        )
        self._transforms.functions(group_args)
        group = ec2.SecurityGroup(f"{self._name}-functions", group_args, opts=self._child)
        rules: list[vpc.SecurityGroupEgressRule] = []
        for port in self._args["ports"]:
            args = vpc.SecurityGroupEgressRuleArgs(
                security_group_id=group.id,
                description="The firewall decides by name; addresses of services change",
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                cidr_ipv4="0.0.0.0/0",
            )
            self._transforms.to_internet(args)
            rules.append(
                vpc.SecurityGroupEgressRule(
                    f"{self._name}-to-internet-{int(port)}", args, opts=self._child
                )
            )
        return group, tuple(rules)

    def _to_services(self, functions: ec2.SecurityGroup) -> vpc.SecurityGroupIngressRule:
        args = vpc.SecurityGroupIngressRuleArgs(
            security_group_id=self._args["service_security_group_id"],
            description="Functions with egress",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=functions.id,
        )
        self._transforms.to_services(args)
        return vpc.SecurityGroupIngressRule(f"{self._name}-to-services", args, opts=self._child)
