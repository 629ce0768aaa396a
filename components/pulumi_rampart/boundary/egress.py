"""A way out of the private network, to an allow-list of domains and nowhere else.

Creates, in order:
    <name>-internet                  aws.ec2.InternetGateway
    <name>-rules, -policy            aws.networkfirewall.*    drop what is not on the list
    <name>-zone-<n>                  EgressZone               subnets, NAT and routes of one zone
    <name>-firewall                  aws.networkfirewall.Firewall
    <name>-alerts, -logging          aws.cloudwatch.LogGroup  what was dropped
    <name>-functions, -to-...        aws.ec2.SecurityGroup    for functions that may leave

Traffic of a function: egress subnet -> firewall endpoint -> NAT gateway -> internet gateway. The
firewall reads the TLS server name, so an address alone opens nothing.
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, ec2, networkfirewall

from pulumi_rampart.arguments import Length, checked
from pulumi_rampart.boundary.address_plan import ZONES, NetworkRange, available_zones
from pulumi_rampart.boundary.domains import DOMAIN, EACH_ONCE, PORT, PORT_LIST
from pulumi_rampart.boundary.egress_zone import EgressZone
from pulumi_rampart.boundary.internet_access import internet_access
from pulumi_rampart.boundary.retention import RETENTION
from pulumi_rampart.component import Component

# Fixed when the group is made; one rule counts one. Room for a long list.
# https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-group-managing.html
RULE_CAPACITY = 200


class EgressFirewallArgs(TypedDict):
    """Who may be called."""

    vpc_id: Input[str]
    """The network that gets a way out."""
    cidr: Annotated[str, NetworkRange()]
    """Its range, a /16."""
    availability_zones: Annotated[int, ZONES]
    """Zones spanned, as the network's."""
    domains: Annotated[
        list[Annotated[str, DOMAIN]],
        Length(1, RULE_CAPACITY, "each is a rule of the firewall."),
        EACH_ONCE,
    ]
    """Hosts, or domains with a leading dot; at most 200."""
    ports: Annotated[list[Annotated[int, PORT]], PORT_LIST, EACH_ONCE]
    """TCP ports of those hosts."""
    service_security_group_id: Input[str]
    """Attached to the network's interface endpoints."""
    gateway_endpoint_ids: list[Input[str]]
    """The network's gateways to S3 and DynamoDB."""
    key_arn: Input[str]
    """Encrypts rules and logs."""
    log_retention_days: Annotated[int, RETENTION]
    """How long what was dropped is kept, in days."""
    deletion_protection: bool
    """Whether the firewall refuses to be deleted."""


class EgressFirewall(Component):
    """A firewall that lets connections to listed domains through and drops the rest.

    A part of `SecurityBoundary`.

    Example:
        EgressFirewall("out", {
            "vpc_id": vpc.id, "cidr": "10.0.0.0/16", "availability_zones": 2,
            "domains": ["api.example.com"], "ports": [443],
            "service_security_group_id": endpoints.service_security_group_id,
            "gateway_endpoint_ids": [], "key_arn": key.arn,
            "log_retention_days": 365, "deletion_protection": True,
        })
    """

    NAMES = (
        ("{name}-rules", networkfirewall.RuleGroup),
        ("{name}-policy", networkfirewall.FirewallPolicy),
        ("{name}-firewall", networkfirewall.Firewall),
        ("{name}-alerts", cloudwatch.LogGroup),
        ("{name}-functions", ec2.SecurityGroup),
    )

    subnet_ids: Output[list[str]]
    """Where functions with egress live."""
    function_security_group_id: Output[str]
    """Attached to functions with egress."""

    def __init__(
        self, name: str, args: EgressFirewallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, EgressFirewallArgs)
        super().__init__(name, opts)
        names = available_zones(name, self._args["availability_zones"], self)

        self.internet = self.child(ec2.InternetGateway, "internet", vpc_id=self._args["vpc_id"])
        self.rules = self._rules()
        self.policy = self._policy()
        self.zones = [self._zone(index, zone) for index, zone in enumerate(names)]
        self.firewall = self._firewall()
        for zone in self.zones:
            zone.route_through(self.firewall)
        self.alerts = self._alerts()
        self.logging = self._logging()
        self.access = internet_access(
            self,
            vpc_id=self._args["vpc_id"],
            ports=self._args["ports"],
            service_security_group_id=self._args["service_security_group_id"],
        )

        self.subnet_ids = Output.all(*[zone.subnet_id for zone in self.zones])
        self.function_security_group_id = self.access.functions.id
        self.register_outputs()

    def _rules(self) -> networkfirewall.RuleGroup:
        """Suricata rules: the domain list form knows the standard ports only, Bolt has its own.

        https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-examples.html
        """
        return self.child(
            networkfirewall.RuleGroup,
            "rules",
            type="STATEFUL",
            capacity=RULE_CAPACITY,
            rules="\n".join(self._pass_rule(n, d) for n, d in enumerate(self._args["domains"], 1)),
            encryption_configuration={"type": "CUSTOMER_KMS", "key_id": self._args["key_arn"]},
        )

    def _pass_rule(self, number: int, domain: str) -> str:
        ports = ",".join(str(port) for port in self._args["ports"])
        # dotprefix lets `.example.com` match both the domain and what is below it.
        below = domain.startswith(".")
        match = f'dotprefix; content:"{domain}"' if below else f'content:"{domain}"; startswith'
        return (
            f"pass tls $HOME_NET any -> $EXTERNAL_NET [{ports}] (tls.sni; {match}; endswith; "
            f'nocase; msg:"{domain}"; flow:to_server; sid:{number}; rev:1;)'
        )

    def _policy(self) -> networkfirewall.FirewallPolicy:
        return self.child(
            networkfirewall.FirewallPolicy,
            "policy",
            firewall_policy={
                "stateless_default_actions": ["aws:forward_to_sfe"],
                "stateless_fragment_default_actions": ["aws:drop"],
                "stateful_engine_options": {
                    "rule_order": "STRICT_ORDER",
                    "stream_exception_policy": "DROP",
                },
                # Established only: the handshake must pass for the server name to be seen.
                "stateful_default_actions": ["aws:drop_established", "aws:alert_established"],
                "stateful_rule_group_references": [{"priority": 1, "resource_arn": self.rules.arn}],
            },
            encryption_configuration={"type": "CUSTOMER_KMS", "key_id": self._args["key_arn"]},
        )

    def _zone(self, index: int, zone: str) -> EgressZone:
        return self.child(
            EgressZone,
            f"zone-{index}",
            {
                "vpc_id": self._args["vpc_id"],
                "internet_gateway_id": self.internet.id,
                "cidr": self._args["cidr"],
                "availability_zone": zone,
                "index": index,
                "gateway_endpoint_ids": self._args["gateway_endpoint_ids"],
            },
        )

    def _firewall(self) -> networkfirewall.Firewall:
        return self.child(
            networkfirewall.Firewall,
            "firewall",
            firewall_policy_arn=self.policy.arn,
            vpc_id=self._args["vpc_id"],
            subnet_mappings=[{"subnet_id": zone.firewall_subnet_id} for zone in self.zones],
            delete_protection=self._args["deletion_protection"],
            encryption_configuration={"type": "CUSTOMER_KMS", "key_id": self._args["key_arn"]},
        )

    def _alerts(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "alerts",
            kms_key_id=self._args["key_arn"],
            retention_in_days=self._args["log_retention_days"],
        )

    def _logging(self) -> networkfirewall.LoggingConfiguration:
        return self.child(
            networkfirewall.LoggingConfiguration,
            "logging",
            firewall_arn=self.firewall.arn,
            logging_configuration={
                "log_destination_configs": [
                    {
                        "log_type": "ALERT",
                        "log_destination_type": "CloudWatchLogs",
                        "log_destination": {"logGroup": self.alerts.name},
                    }
                ]
            },
        )
