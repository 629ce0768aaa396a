"""The wall every other component stands behind.

Creates, in order:
    <name>-key          CustomerKey       encrypts everything at rest
    <name>-alarms       AlarmTopic        where every alarm goes
    <name>-network      PrivateNetwork    subnets without a way out, AWS by endpoints only
    <name>-egress       EgressFirewall    a way out to an allow-list of domains, if there is one
    <name>-roles        RoleLimit         the most any function may ever be granted
    <name>-access-logs  PrivateBucket     who read which object
    <name>-signing      CodeSigning       only code that this program signed runs
    <name>-api-logs     ApiGatewayLogs    lets API Gateway write its logs
"""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pulumi import Input, Output

from pulumi_rampart._arguments import require_between, require_match, require_one_of
from pulumi_rampart.boundary.alarm_topic import AlarmTopic
from pulumi_rampart.boundary.api_logs import ApiGatewayLogs
from pulumi_rampart.boundary.egress import EgressFirewall
from pulumi_rampart.boundary.endpoints import INTERFACE_SERVICES
from pulumi_rampart.boundary.key import CustomerKey
from pulumi_rampart.boundary.network import PrivateNetwork, require_zones, subnet_blocks
from pulumi_rampart.boundary.role_limit import RoleLimit
from pulumi_rampart.boundary.signing import CodeSigning, require_verdict
from pulumi_rampart.stores.private_bucket import PrivateBucket

# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192)

ACCESS_LOG_DAYS = 365
DEFAULT_CIDR = "10.0.0.0/16"
MAX_PORT = 65_535
DATA_CLASSES = ("public", "internal", "confidential", "personal")
DATA_CLASS_TAG = "data-class"


class Boundary(TypedDict):
    """The wall as plain ids and ARNs, which a component takes in any language."""

    prefix: str
    """First part of physical names: project and stack."""
    region: Input[str]
    """Region everything lives in."""
    account_id: Input[str]
    """Account everything lives in."""
    key_arn: Input[str]
    """Customer managed key for data at rest."""
    alarm_topic_arn: Input[str]
    """Where alarms are sent."""
    permissions_boundary_arn: Input[str]
    """The most a role made here may be granted."""
    vpc_id: Input[str]
    """The private network."""
    private_subnet_ids: Input[list[str]]
    """Subnets with no route to the internet."""
    private_security_group_id: Input[str]
    """For functions that reach AWS only."""
    egress_subnet_ids: Input[list[str]]
    """Subnets behind the domain allow-list; empty if no function may leave."""
    egress_security_group_id: Input[str]
    """For functions that call the outside world; empty if none may."""
    access_log_bucket: Input[str]
    """Receives the access logs of buckets."""
    artifacts_bucket: Input[str]
    """Where function code waits to be signed."""
    signing_profile_name: Input[str]
    """Who signs function code."""
    code_signing_config_arn: Input[str]
    """What functions check signatures against."""
    data_class: str
    """How sensitive the data behind the wall is; stores carry it as a tag."""
    log_retention_days: int
    """How long log groups keep their events."""
    deletion_protection: bool
    """Whether stores refuse to be deleted."""


class SecurityBoundaryArgs(TypedDict):
    """What a deployment decides about its wall."""

    availability_zones: NotRequired[int]
    """How many zones the private network spans, 2 to 4. Default 2."""
    cidr: NotRequired[str]
    """Address range of the network, a /16. Default 10.0.0.0/16."""
    interface_services: NotRequired[list[str]]
    """AWS services reached by an interface endpoint; S3 and DynamoDB always have a gateway."""
    egress_domains: NotRequired[list[str]]
    """Domains functions with egress may call; a leading dot allows subdomains. Default none."""
    egress_ports: NotRequired[list[int]]
    """TCP ports of those domains. Default 443."""
    alarm_emails: NotRequired[list[str]]
    """Who is told of alarms. Default nobody: subscribe to the topic yourself."""
    data_class: NotRequired[str]
    """One of `DATA_CLASSES`. Default internal."""
    log_retention_days: NotRequired[int]
    """A retention CloudWatch Logs allows. Default 365."""
    deletion_protection: NotRequired[bool]
    """Whether stores and the directory refuse to be deleted. Default true."""
    code_signing: NotRequired[str]
    """`Enforce` refuses unsigned code, `Warn` only reports it. Default Enforce."""


class SecurityBoundary(pulumi.ComponentResource):
    """The customer key, the private network, the alarm topic and the limits of all roles.

    Example:
        boundary = SecurityBoundary("wall", {"egress_domains": ["api.example.com"]})
        queue = ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 30})
    """

    # The fields of `Boundary`, one by one: programs in other languages put them together.
    prefix: Output[str]
    region: Output[str]
    account_id: Output[str]
    key_arn: Output[str]
    alarm_topic_arn: Output[str]
    permissions_boundary_arn: Output[str]
    vpc_id: Output[str]
    private_subnet_ids: Output[list[str]]
    private_security_group_id: Output[str]
    egress_subnet_ids: Output[list[str]]
    egress_security_group_id: Output[str]
    access_log_bucket: Output[str]
    artifacts_bucket: Output[str]
    signing_profile_name: Output[str]
    code_signing_config_arn: Output[str]
    data_class: Output[str]
    log_retention_days: Output[int]
    deletion_protection: Output[bool]

    def __init__(
        self,
        name: str,
        args: SecurityBoundaryArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("rampart:index:SecurityBoundary", name, None, opts)
        _check(name, args)
        retention_days = int(args.get("log_retention_days", 365))
        data_class = args.get("data_class", "internal")
        self._name, self._args = name, args
        self._child = pulumi.ResourceOptions(parent=self)
        self._region = aws.get_region_output(opts=pulumi.InvokeOutputOptions(parent=self)).region
        self._account_id = aws.get_caller_identity_output(
            opts=pulumi.InvokeOutputOptions(parent=self)
        ).account_id

        key = CustomerKey(
            f"{name}-key",
            {"region": self._region, "account_id": self._account_id},
            self._child,
        )
        alarms = self._alarms(key)
        network = self._network(key, retention_days)
        egress = self._egress(key, network, retention_days)
        roles = RoleLimit(
            f"{name}-roles", {"account_id": self._account_id, "key_arn": key.arn}, self._child
        )
        access_logs = self._access_logs()
        signing = CodeSigning(
            f"{name}-signing",
            {
                "key_arn": key.arn,
                "access_log_bucket": access_logs.bucket,
                "untrusted": args.get("code_signing", "Enforce"),
            },
            self._child,
        )
        ApiGatewayLogs(
            f"{name}-api-logs",
            {"region": self._region, "account_id": self._account_id},
            self._child,
        )

        self.args: Boundary = {
            "prefix": f"{pulumi.get_project()}-{pulumi.get_stack()}",
            "region": self._region,
            "account_id": self._account_id,
            "key_arn": key.arn,
            "alarm_topic_arn": alarms.arn,
            "permissions_boundary_arn": roles.arn,
            "vpc_id": network.vpc_id,
            "private_subnet_ids": network.subnet_ids,
            "private_security_group_id": network.function_security_group_id,
            "egress_subnet_ids": egress.subnet_ids if egress else [],
            "egress_security_group_id": egress.function_security_group_id if egress else "",
            "access_log_bucket": access_logs.bucket,
            "artifacts_bucket": signing.artifacts_bucket,
            "signing_profile_name": signing.profile_name,
            "code_signing_config_arn": signing.config_arn,
            "data_class": data_class,
            "log_retention_days": retention_days,
            "deletion_protection": args.get("deletion_protection", True),
        }
        for field, value in self.args.items():
            setattr(self, field, Output.from_input(value))
        self.register_outputs(dict(self.args))

    def _alarms(self, key: CustomerKey) -> AlarmTopic:
        return AlarmTopic(
            f"{self._name}-alarms",
            {
                "account_id": self._account_id,
                "key_arn": key.arn,
                "emails": self._args.get("alarm_emails", []),
            },
            self._child,
        )

    def _network(self, key: CustomerKey, retention_days: int) -> PrivateNetwork:
        return PrivateNetwork(
            f"{self._name}-network",
            {
                "region": self._region,
                "account_id": self._account_id,
                "key_arn": key.arn,
                "availability_zones": self._args.get("availability_zones", 2),
                "cidr": self._args.get("cidr", DEFAULT_CIDR),
                "interface_services": self._args.get(
                    "interface_services", list(INTERFACE_SERVICES)
                ),
                "log_retention_days": retention_days,
            },
            self._child,
        )

    def _egress(
        self, key: CustomerKey, network: PrivateNetwork, retention_days: int
    ) -> EgressFirewall | None:
        """No domain, no way out: without an allow-list the network has no internet gateway."""
        domains = self._args.get("egress_domains", [])
        if not domains:
            return None
        return EgressFirewall(
            f"{self._name}-egress",
            {
                "vpc_id": network.vpc_id,
                "cidr": self._args.get("cidr", DEFAULT_CIDR),
                "availability_zones": self._args.get("availability_zones", 2),
                "service_security_group_id": network.endpoints.service_security_group_id,
                "gateway_endpoint_ids": [g.id for g in network.endpoints.nodes.gateways],
                "domains": domains,
                "ports": self._args.get("egress_ports", [443]),
                "key_arn": key.arn,
                "log_retention_days": retention_days,
                "deletion_protection": self._args.get("deletion_protection", True),
            },
            self._child,
        )

    def _access_logs(self) -> PrivateBucket:
        return PrivateBucket(
            f"{self._name}-access-logs",
            {
                "deliveries_from": "logging.s3.amazonaws.com",
                "account_id": self._account_id,
                "data_class": "internal",
                "expire": [{"prefix": "", "days": ACCESS_LOG_DAYS}],
            },
            self._child,
        )


def _check(name: str, args: SecurityBoundaryArgs) -> None:
    require_zones(f"{name}.availability_zones", args.get("availability_zones", 2))
    subnet_blocks(f"{name}.cidr", args.get("cidr", DEFAULT_CIDR), "private")
    require_verdict(f"{name}.code_signing", args.get("code_signing", "Enforce"))
    require_one_of(
        f"{name}.log_retention_days",
        int(args.get("log_retention_days", 365)),
        RETENTION_DAYS,
        "take the next longer one.",
    )
    require_one_of(
        f"{name}.data_class",
        args.get("data_class", "internal"),
        DATA_CLASSES,
        "name the most sensitive data it holds.",
    )
    for port in args.get("egress_ports", []):
        require_between(f"{name}.egress_ports", port, 1, MAX_PORT, "TCP knows no others.")
    for domain in args.get("egress_domains", []):
        require_match(
            f"{name}.egress_domains",
            domain,
            r"\.?([a-z0-9-]+\.)+[a-z]{2,}",
            "name a host or, with a leading dot, a domain; no scheme, port or path.",
        )
