"""What a stack needs of a new account, whose quotas are small."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pulumi_rampart.testing import Graph

_DOCS = "https://docs.aws.amazon.com"


@dataclass(frozen=True)
class Quota:
    """One quota of an account in a region."""

    what: str
    most: float
    """What a new account has."""
    needed: Callable[[Graph], float]
    source: str


@dataclass(frozen=True)
class Need:
    """A quota, and how much of it a stack takes."""

    quota: Quota
    needed: float

    @property
    def is_met(self) -> bool:
        """Whether a new account has as much."""
        return self.needed <= self.quota.most


def _count(*types: str) -> Callable[[Graph], float]:
    return lambda graph: sum(len(graph.of(kind)) for kind in types)


def _reserved(graph: Graph) -> float:
    """Return what Lambda must have: what is reserved, and the 100 that it keeps then."""
    each = [
        one.inputs.get("reservedConcurrentExecutions") or 0
        for one in graph.of("aws:lambda/function:Function")
    ]
    total = sum(one for one in each if one > 0)
    return total + 100 if total else 0


def _interface_endpoints(graph: Graph) -> float:
    return sum(
        one.inputs.get("vpcEndpointType") == "Interface"
        for one in graph.of("aws:ec2/vpcEndpoint:VpcEndpoint")
    )


QUOTAS = (
    Quota(
        "Lambda concurrent executions",
        10,
        _reserved,
        f"{_DOCS}/lambda/latest/dg/gettingstarted-limits.html",
    ),
    Quota(
        "VPCs",
        5,
        _count("aws:ec2/vpc:Vpc"),
        f"{_DOCS}/vpc/latest/userguide/amazon-vpc-limits.html",
    ),
    Quota(
        "Elastic IP addresses",
        5,
        _count("aws:ec2/eip:Eip"),
        f"{_DOCS}/vpc/latest/userguide/amazon-vpc-limits.html",
    ),
    Quota(
        "internet gateways",
        5,
        _count("aws:ec2/internetGateway:InternetGateway"),
        f"{_DOCS}/vpc/latest/userguide/amazon-vpc-limits.html",
    ),
    Quota(
        "interface endpoints of a VPC",
        50,
        _interface_endpoints,
        f"{_DOCS}/vpc/latest/privatelink/vpc-limits-endpoints.html",
    ),
    Quota(
        "firewalls",
        5,
        _count("aws:networkfirewall/firewall:Firewall"),
        f"{_DOCS}/network-firewall/latest/developerguide/quotas.html",
    ),
    Quota(
        "IAM roles",
        1000,
        _count("aws:iam/role:Role"),
        f"{_DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    Quota(
        "customer managed policies",
        1500,
        _count("aws:iam/policy:Policy"),
        f"{_DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    Quota(
        "web ACLs of a region",
        100,
        _count("aws:wafv2/webAcl:WebAcl"),
        f"{_DOCS}/waf/latest/developerguide/limits.html",
    ),
    Quota(
        "regional REST APIs",
        600,
        _count("aws:apigateway/restApi:RestApi"),
        f"{_DOCS}/apigateway/latest/developerguide/limits.html",
    ),
    Quota(
        "event buses",
        100,
        _count("aws:cloudwatch/eventBus:EventBus"),
        f"{_DOCS}/eventbridge/latest/userguide/eb-quota.html",
    ),
    Quota(
        "DNS firewall rule group associations of a VPC",
        5,
        _count(
            "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
        ),
        f"{_DOCS}/Route53/latest/DeveloperGuide/DNSLimitations.html",
    ),
    Quota(
        "Aurora clusters",
        40,
        _count("aws:rds/cluster:Cluster"),
        f"{_DOCS}/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html",
    ),
    Quota(
        "alarms",
        5000,
        _count("aws:cloudwatch/metricAlarm:MetricAlarm"),
        f"{_DOCS}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
    ),
)


def needs(graph: Graph) -> Iterator[Need]:
    """Yield each quota that a stack takes something of."""
    for quota in QUOTAS:
        if needed := quota.needed(graph):
            yield Need(quota, needed)
