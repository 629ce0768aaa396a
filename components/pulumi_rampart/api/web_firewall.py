"""A web ACL in front of an API: the first thing a request from the internet meets.

Creates, in order:
    <name>-blocked      aws.wafv2.IpSet                    addresses whose requests are blocked
    <name>              aws.wafv2.WebAcl                   rate limit, then AWS's managed rules
    <name>-association  aws.wafv2.WebAclAssociation        to what it protects
    <name>-logs         aws.cloudwatch.LogGroup            what was blocked, without credentials
    <name>-logging      aws.wafv2.WebAclLoggingConfiguration
"""

import ipaddress
from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, wafv2

from pulumi_rampart.arguments import Address, Between, Length, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component

# https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
MIN_RATE, MAX_RATE = 10, 2_000_000_000
# https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
MAX_ADDRESSES = 10_000
# In order of evaluation. KnownBadInputs holds the Log4j rules.
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
MANAGED_RULES = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
)


@dataclass(frozen=True)
class BlockedRange(Address):
    """An IPv4 range that WAF takes, which is any but the whole internet.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html
    """

    def problem(self, value: str) -> str | None:
        """Judge a range."""
        if problem := super().problem(value):
            return problem
        if ipaddress.IPv4Network(value).prefixlen == 0:
            return "WAF takes no range of length 0; write 0.0.0.0/1 and 128.0.0.0/1."
        return None


ADDRESS_RATE = Between(MIN_RATE, MAX_RATE, "these are the service's limits.")
BLOCKED_COUNT = Length(0, MAX_ADDRESSES, "one set of addresses has no more; join ranges.")


class WebFirewallArgs(TypedDict):
    """What is protected."""

    boundary: Input[Boundary]
    """Prefix, key and log retention."""
    resource_arn: Input[str]
    """An API stage."""
    requests_per_five_minutes: NotRequired[Annotated[int, ADDRESS_RATE]]
    """Most requests of one address, 10 to 2,000,000,000. Default 2000."""
    blocked_addresses: NotRequired[Annotated[list[Annotated[str, BlockedRange()]], BLOCKED_COUNT]]
    """IPv4 ranges in CIDR form whose requests are blocked, at most 10,000. Default none."""


class WebFirewall(Component):
    """A rate limit, an address filter and the managed rules, with logs.

    Example:
        WebFirewall("front", {"boundary": boundary.args, "resource_arn": stage.arn})
    """

    NAMES = (
        ("{name}-blocked", wafv2.IpSet),
        ("{name}", wafv2.WebAcl),
        ("aws-waf-logs-{prefix}-{name}", cloudwatch.LogGroup),
    )

    def __init__(
        self, name: str, args: WebFirewallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, WebFirewallArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.blocked = self._blocked()
        self.acl = self._acl()
        self.association = self._association()
        self.logs = self._logs()
        self.logging = self._logging()

        self.register_outputs()

    def _blocked(self) -> wafv2.IpSet:
        return self.child(
            wafv2.IpSet,
            "blocked",
            scope="REGIONAL",
            ip_address_version="IPV4",
            addresses=self._args.get("blocked_addresses", []),
        )

    def _acl(self) -> wafv2.WebAcl:
        rate = self._args.get("requests_per_five_minutes", 2000)
        return self.child(
            wafv2.WebAcl,
            "",
            scope="REGIONAL",
            default_action={"allow": {}},
            rules=[
                _block(
                    0,
                    "blocked-addresses",
                    {"ip_set_reference_statement": {"arn": self.blocked.arn}},
                ),
                _block(
                    1,
                    "rate-limit",
                    {
                        "rate_based_statement": {
                            "limit": rate,
                            "aggregate_key_type": "IP",
                            "evaluation_window_sec": 300,
                        }
                    },
                ),
                *[_managed(n, group) for n, group in enumerate(MANAGED_RULES, 2)],
            ],
            visibility_config=_visibility(self._name),
        )

    def _association(self) -> wafv2.WebAclAssociation:
        return self.child(
            wafv2.WebAclAssociation,
            "association",
            resource_arn=self._args["resource_arn"],
            web_acl_arn=self.acl.arn,
        )

    def _logs(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "logs",
            # The service refuses any other prefix.
            # https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
            name=Output.concat("aws-waf-logs-", prefixed(self._boundary, self._name)),
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )

    def _logging(self) -> wafv2.WebAclLoggingConfiguration:
        return self.child(
            wafv2.WebAclLoggingConfiguration,
            "logging",
            resource_arn=self.acl.arn,
            log_destination_configs=[self.logs.arn],
            redacted_fields=[{"single_header": {"name": "authorization"}}],
        )


def _block(
    priority: int, name: str, statement: wafv2.WebAclRuleStatementArgsDict
) -> wafv2.WebAclRuleArgsDict:
    return {
        "name": name,
        "priority": priority,
        "statement": statement,
        "action": {"block": {}},
        "visibility_config": _visibility(name),
    }


def _managed(priority: int, group: str) -> wafv2.WebAclRuleArgsDict:
    return {
        "name": group,
        "priority": priority,
        "statement": {"managed_rule_group_statement": {"vendor_name": "AWS", "name": group}},
        # Overrides nothing: the group's own verdicts stand.
        "override_action": {"none": {}},
        "visibility_config": _visibility(group),
    }


def _visibility(name: str) -> wafv2.WebAclRuleVisibilityConfigArgsDict:
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": name,
        "sampled_requests_enabled": True,
    }
