"""What is paid every month while nobody calls, by the type of resource."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_rampart.testing import Graph
from rampart_local.cost.prices import Prices

Inputs = Mapping[str, Any]
Price = Callable[[Inputs, Prices], float]


@dataclass(frozen=True)
class Line:
    """All resources of one type."""

    kind: str
    count: int
    usd: float
    """A month, all together."""


@dataclass(frozen=True)
class Fixed:
    """The month of a stack."""

    lines: tuple[Line, ...]
    """What costs something, the dearest first."""
    unknown: tuple[str, ...]
    """Types of which nobody has said what they cost; never counted as nothing."""

    @property
    def usd(self) -> float:
        """The sum of all lines."""
        return sum(line.usd for line in self.lines)


def _endpoint(inputs: Inputs, prices: Prices) -> float:
    zones = len(inputs.get("subnetIds") or [])
    interface = inputs.get("vpcEndpointType") == "Interface"
    return prices.monthly("interface_endpoint_zone_hour", zones) if interface else 0.0


def _alarm(inputs: Inputs, prices: Prices) -> float:
    queries: list[Inputs] = inputs.get("metricQueries") or []
    metrics = [one for one in queries if "metric" in one]
    return prices["alarm_metric_month"] * (len(metrics) or 1)


def _acl(inputs: Inputs, prices: Prices) -> float:
    return prices["waf_acl_month"] + prices["waf_rule_month"] * len(inputs.get("rules") or [])


def _firewall(inputs: Inputs, prices: Prices) -> float:
    zones = len(inputs.get("subnetMappings") or [])
    return prices.monthly("network_firewall_endpoint_hour", zones)


def _cluster(inputs: Inputs, prices: Prices) -> float:
    scaling: Inputs = inputs.get("serverlessv2ScalingConfiguration") or {}
    secret = prices["secret_month"] if inputs.get("manageMasterUserPassword") else 0.0
    return prices.monthly("aurora_acu_hour", float(scaling.get("minCapacity", 0))) + secret


def _domains(inputs: Inputs, prices: Prices) -> float:
    return prices["dns_domain_month"] * len(inputs.get("domains") or [])


PRICED: dict[str, Price] = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:ec2/eip:Eip": lambda _, prices: prices.monthly("public_ipv4_hour"),
    "aws:ec2/natGateway:NatGateway": lambda _, prices: prices.monthly("nat_gateway_hour"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "aws:kms/key:Key": lambda _, prices: prices["kms_key_month"],
    "aws:networkfirewall/firewall:Firewall": _firewall,
    "aws:rds/cluster:Cluster": _cluster,
    "aws:rds/proxy:Proxy": lambda _, prices: prices.monthly("rds_proxy_acu_hour", 8),
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": _domains,
    "aws:secretsmanager/secret:Secret": lambda _, prices: prices["secret_month"],
    "aws:wafv2/webAcl:WebAcl": _acl,
}
# Paid by use, or not at all; a module, or one type of it.
FREE = (
    "aws:apigateway/",
    "aws:backup/",
    "aws:cloudwatch/event",
    "aws:cloudwatch/logGroup:",
    "aws:cognito/",
    "aws:dynamodb/table:",
    "aws:ec2/defaultSecurityGroup:",
    "aws:ec2/flowLog:",
    "aws:ec2/internetGateway:",
    "aws:ec2/route",
    "aws:ec2/securityGroup:",
    "aws:ec2/subnet:",
    "aws:ec2/vpc:",
    "aws:ec2/vpcEndpointRouteTableAssociation:",
    "aws:ecr/",
    "aws:iam/",
    "aws:kms/alias:",
    "aws:kms/grant:",
    "aws:lambda/codeSigningConfig:",
    "aws:lambda/eventSourceMapping:",
    "aws:lambda/function:",
    "aws:lambda/functionEventInvokeConfig:",
    "aws:lambda/invocation:",
    "aws:lambda/permission:",
    "aws:networkfirewall/firewallPolicy:",
    "aws:networkfirewall/loggingConfiguration:",
    "aws:networkfirewall/ruleGroup:",
    "aws:rds/clusterInstance:",  # serverless: the cluster's capacity is what is paid
    "aws:rds/clusterParameterGroup:",
    "aws:rds/proxyDefaultTargetGroup:",
    "aws:rds/proxyTarget:",
    "aws:rds/subnetGroup:",
    "aws:route53/resolverFirewallConfig:",
    "aws:route53/resolverFirewallRule",
    "aws:s3/",
    "aws:scheduler/",
    "aws:secretsmanager/secretPolicy:",
    "aws:secretsmanager/secretVersion:",
    "aws:sfn/",
    "aws:signer/",
    "aws:sns/",
    "aws:sqs/",
    "aws:ssm/parameter:",
    "aws:vpc/",
    "aws:wafv2/ipSet:",
    "aws:wafv2/webAclAssociation:",
    "aws:wafv2/webAclLoggingConfiguration:",
    "docker:",
)


def fixed(graph: Graph, prices: Prices) -> Fixed:
    """Add up what a recorded stack costs while it is idle."""
    counts: dict[str, int] = defaultdict(int)
    sums: dict[str, float] = defaultdict(float)
    unknown: set[str] = set()
    for one in graph.resources:
        if one.type in PRICED:
            counts[one.type] += 1
            sums[one.type] += PRICED[one.type](one.inputs, prices)
        elif one.custom and not one.type.startswith((*FREE, "pulumi:")):
            unknown.add(one.type)
    # Behind a firewall of the same network NAT gateways are not charged.
    # https://aws.amazon.com/network-firewall/pricing/
    if "aws:networkfirewall/firewall:Firewall" in sums:
        sums["aws:ec2/natGateway:NatGateway"] = 0.0
    lines = [Line(kind, counts[kind], round(usd, 4)) for kind, usd in sums.items() if usd]
    return Fixed(tuple(sorted(lines, key=lambda one: -one.usd)), tuple(sorted(unknown)))
