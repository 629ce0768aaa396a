"""The boundary that every other component lives inside.

Creates, in order:
    <name>-key          CustomerKey       encrypts everything at rest
    <name>-alarms       AlarmTopic        where every alarm goes
    <name>-network      PrivateNetwork    subnets without a way out, AWS by endpoints only
                        or ExistingNetwork
    <name>-names        DnsFirewall       which names the network resolves
    <name>-egress       EgressFirewall    a way out to an allow-list of domains, if there is one
                        or EgressNat, ExistingEgress
    <name>-roles        RoleLimit         the most any function may ever be granted
    <name>-access-logs  PrivateBucket     who read which object
    <name>-signing      CodeSigning       only code that this program signed runs
    <name>-api-logs     ApiGatewayLogs    lets API Gateway write its logs
"""

from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary import order, reach
from pulumi_rampart.boundary.address_plan import available_zones
from pulumi_rampart.boundary.alarm_topic import AlarmTopic
from pulumi_rampart.boundary.api_logs import ApiGatewayLogs
from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.boundary.choices import DEFAULT_ZONES, SecurityBoundaryArgs, check_relations
from pulumi_rampart.boundary.dns_firewall import DnsFirewall
from pulumi_rampart.boundary.egress import EgressFirewall
from pulumi_rampart.boundary.egress_nat import EgressNat, EgressNatArgs
from pulumi_rampart.boundary.existing_egress import ExistingEgress
from pulumi_rampart.boundary.existing_network import ExistingNetwork, ExistingNetworkPlaceArgs
from pulumi_rampart.boundary.grantable import GRANTABLE
from pulumi_rampart.boundary.key import CustomerKey
from pulumi_rampart.boundary.network import PrivateNetwork, PrivateNetworkArgs
from pulumi_rampart.boundary.role_limit import RoleLimit
from pulumi_rampart.boundary.signing import CodeSigning
from pulumi_rampart.component import Component
from pulumi_rampart.stores.private_bucket import PrivateBucket

ACCESS_LOG_DAYS, DEFAULT_CIDR, HTTPS = 365, "10.0.0.0/16", 443


class SecurityBoundary(Component):
    """The customer key, the private network, the alarm topic and the limits of all roles.

    Example:
        boundary = SecurityBoundary("boundary", {"egress_domains": ["api.example.com"]})
        queue = ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 30})
    """

    NAMES = (
        ("{name}-key", CustomerKey),
        ("{name}-alarms", AlarmTopic),
        ("{name}-network", PrivateNetwork),
        ("{name}-names", DnsFirewall),
        ("{name}-egress", EgressFirewall),
        ("{name}-roles", RoleLimit),
        ("{name}-access-logs", PrivateBucket),
        ("{name}-signing", CodeSigning),
        ("{name}-api-logs", ApiGatewayLogs),
    )

    args: Boundary
    """What every other component takes as its `boundary`, in this stack or another one."""

    def __init__(
        self, name: str, args: SecurityBoundaryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._choices = checked(name, args, SecurityBoundaryArgs)
        check_relations(name, self._choices)
        super().__init__(name, opts, tags=self._choices.get("tags"))
        asked = pulumi.InvokeOutputOptions(parent=self)
        self._region = aws.get_region_output(opts=asked).region
        self._account_id = aws.get_caller_identity_output(opts=asked).account_id
        self._place: Any = {"region": self._region, "account_id": self._account_id}
        if "network" not in self._choices:  # asked first, under the name of this argument
            available_zones(name, self._choices.get("availability_zones", DEFAULT_ZONES), self)

        self.key = self._key()
        self.alarms = self._alarms()
        self.network = self._network()
        self.names = self._names()
        self.egress = self._egress()
        self.roles = self._roles()
        self.access_logs = self._access_logs()
        self.signing = self._signing()
        self.api_logs = self._api_logs()

        self.args = self._fields()
        order.expect(self.args, self.api_logs.account)
        if self.network.endpoints:
            reach.connect(self.args, self.network.endpoints)
        self.register_outputs()

    def _key(self) -> CustomerKey:
        return self.child(CustomerKey, "key", self._place)

    def _alarms(self) -> AlarmTopic:
        return self.child(
            AlarmTopic,
            "alarms",
            {
                "account_id": self._account_id,
                "key_arn": self.key.arn,
                "emails": self._choices.get("alarm_emails", []),
            },
        )

    def _network(self) -> PrivateNetwork | ExistingNetwork:
        listed = self._choices.get("interface_services")
        if "network" in self._choices:
            given: ExistingNetworkPlaceArgs = {
                "network": self._choices["network"],
                "region": self._region,
                "account_id": self._account_id,
            }
            if listed is not None:
                given["interface_services"] = listed
            return self.child(ExistingNetwork, "network", given)
        zones = self._choices.get("availability_zones", DEFAULT_ZONES)
        own: PrivateNetworkArgs = {
            "region": self._region,
            "account_id": self._account_id,
            "key_arn": self.key.arn,
            "availability_zones": zones,
            "endpoint_zones": self._choices.get("endpoint_zones", zones),
            "cidr": self._choices.get("cidr", DEFAULT_CIDR),
            "log_retention_days": self._choices.get("log_retention_days", 365),
        }
        if listed is not None:
            own["interface_services"] = listed
        return self.child(PrivateNetwork, "network", own)

    def _names(self) -> DnsFirewall | None:
        """Leave the names of a given network to its owner, unless the program lists domains."""
        domains = self._choices.get("egress_domains", [])
        if "network" in self._choices and not domains:
            return None
        return self.child(DnsFirewall, "names", {"vpc_id": self.network.vpc_id, "domains": domains})

    def _egress(self) -> EgressFirewall | EgressNat | ExistingEgress | None:
        """No domain, no way out: without an allow-list the network has no internet gateway."""
        domains = self._choices.get("egress_domains", [])
        ports = self._choices.get("egress_ports", [HTTPS])
        if isinstance(self.network, ExistingNetwork):
            return self._existing_egress(self.network, ports)
        if not domains:
            return None
        way: EgressNatArgs = {
            "vpc_id": self.network.vpc_id,
            "cidr": self._choices.get("cidr", DEFAULT_CIDR),
            "availability_zones": self._choices.get("availability_zones", DEFAULT_ZONES),
            "ports": ports,
            "service_security_group_id": self.network.endpoints.service_security_group_id,
            "gateway_endpoint_ids": [one.id for one in self.network.endpoints.gateways],
        }
        if self._choices.get("egress") == "dns":
            return self.child(EgressNat, "egress", way)
        return self.child(
            EgressFirewall,
            "egress",
            {
                **way,
                "domains": domains,
                "key_arn": self.key.arn,
                "log_retention_days": self._choices.get("log_retention_days", 365),
                "deletion_protection": self._choices.get("deletion_protection", True),
            },
        )

    def _existing_egress(self, network: ExistingNetwork, ports: list[int]) -> ExistingEgress | None:
        if (subnet_ids := self._choices.get("network", {}).get("egress_subnet_ids")) is None:
            return None
        return self.child(
            ExistingEgress,
            "egress",
            {
                "vpc_id": network.vpc_id,
                "subnet_ids": subnet_ids,
                "ports": ports,
                "service_security_group_id": network.service_security_group_id,
            },
        )

    def _roles(self) -> RoleLimit:
        return self.child(
            RoleLimit,
            "roles",
            {
                "account_id": self._account_id,
                "key_arn": self.key.arn,
                "more_actions": self._choices.get("grantable_actions", []),
            },
        )

    def _access_logs(self) -> PrivateBucket:
        return self.child(
            PrivateBucket,
            "access-logs",
            {
                "deliveries_from": "logging.s3.amazonaws.com",
                "account_id": self._account_id,
                "data_class": "internal",
                "deletion_protection": self._choices.get("deletion_protection", True),
                "expire": [{"prefix": "", "days": ACCESS_LOG_DAYS}],
            },
        )

    def _signing(self) -> CodeSigning:
        return self.child(
            CodeSigning,
            "signing",
            {
                "key_arn": self.key.arn,
                "access_log_bucket": self.access_logs.bucket,
                "untrusted": self._choices.get("code_signing", "Enforce"),
                "deletion_protection": self._choices.get("deletion_protection", True),
            },
        )

    def _api_logs(self) -> ApiGatewayLogs:
        return self.child(ApiGatewayLogs, "api-logs", self._place)

    def _fields(self) -> Boundary:
        choices, egress = self._choices, self.egress
        return {
            "prefix": f"{pulumi.get_project()}-{pulumi.get_stack()}",
            "region": self._region,
            "account_id": self._account_id,
            "key_arn": self.key.arn,
            "alarm_topic_arn": self.alarms.arn,
            "permissions_boundary_arn": self.roles.arn,
            "vpc_id": self.network.vpc_id,
            "private_subnet_ids": self.network.subnet_ids,
            "private_security_group_id": self.network.function_security_group_id,
            "egress_subnet_ids": egress.subnet_ids if egress else [],
            "egress_security_group_id": egress.function_security_group_id if egress else "",
            "access_log_bucket": self.access_logs.bucket,
            "artifacts_bucket": self.signing.artifacts_bucket,
            "signing_profile_name": self.signing.profile_name,
            "code_signing_config_arn": self.signing.config_arn,
            "data_class": choices.get("data_class", "internal"),
            "log_retention_days": choices.get("log_retention_days", 365),
            "deletion_protection": choices.get("deletion_protection", True),
            "grantable_actions": [*GRANTABLE, *choices.get("grantable_actions", [])],
            "log_level": choices.get("log_level", "INFO"),
            "tags": choices.get("tags", {}),
        }
