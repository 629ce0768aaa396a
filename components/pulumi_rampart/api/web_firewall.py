"""The first thing a request from the internet meets.

Creates, in order:
    <name>-blocked      aws.wafv2.IpSet                    addresses turned away at once
    <name>              aws.wafv2.WebAcl                   rate limit, then AWS's managed rules
    <name>-association  aws.wafv2.WebAclAssociation        to what it protects
    <name>-logs         aws.cloudwatch.LogGroup            what was blocked, without credentials
    <name>-logging      aws.wafv2.WebAclLoggingConfiguration
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Input
from pulumi_aws import cloudwatch, wafv2
from pulumi_aws.wafv2 import WebAclRuleStatementIpSetReferenceStatementArgs as _IpSetReference
from pulumi_aws.wafv2 import WebAclRuleStatementManagedRuleGroupStatementArgs as _ManagedRuleGroup

from pulumi_rampart._arguments import require_between
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary

# https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
MIN_RATE, MAX_RATE = 10, 2_000_000_000
# In order of evaluation. KnownBadInputs holds the Log4j rules.
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
MANAGED_RULES = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
)


class WebFirewallArgs(TypedDict):
    """What is protected."""

    boundary: Boundary
    """The wall: key, log retention."""
    resource_arn: Input[str]
    """An API stage."""
    requests_per_five_minutes: NotRequired[int]
    """Most requests of one address, 10 to 2,000,000,000. Default 2000."""
    blocked_addresses: NotRequired[list[str]]
    """IPv4 ranges in CIDR form that are turned away. Default none."""


@dataclass(frozen=True, kw_only=True)
class WebFirewallTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    blocked: Transform[wafv2.IpSetArgs] = unchanged
    acl: Transform[wafv2.WebAclArgs] = unchanged
    association: Transform[wafv2.WebAclAssociationArgs] = unchanged
    logs: Transform[cloudwatch.LogGroupArgs] = unchanged
    logging: Transform[wafv2.WebAclLoggingConfigurationArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class WebFirewallNodes:
    """The raw resources."""

    blocked: wafv2.IpSet
    acl: wafv2.WebAcl
    association: wafv2.WebAclAssociation
    logs: cloudwatch.LogGroup
    logging: wafv2.WebAclLoggingConfiguration


class WebFirewall(pulumi.ComponentResource):
    """A rate limit, an address filter and the managed rules, with logs.

    Example:
        WebFirewall("front", {"boundary": boundary.args, "resource_arn": stage.arn})
    """

    def __init__(
        self,
        name: str,
        args: WebFirewallArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: WebFirewallTransforms = WebFirewallTransforms(),
    ) -> None:
        super().__init__("rampart:index:WebFirewall", name, None, opts)
        self._rate = require_between(
            f"{name}.requests_per_five_minutes",
            args.get("requests_per_five_minutes", 2000),
            MIN_RATE,
            MAX_RATE,
            "these are the service's limits.",
        )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        blocked = self._blocked()
        acl = self._acl(blocked)
        association = self._association(acl)
        logs, logging = self._logging(acl)

        self.nodes = WebFirewallNodes(
            blocked=blocked, acl=acl, association=association, logs=logs, logging=logging
        )
        self.register_outputs({})

    def _blocked(self) -> wafv2.IpSet:
        args = wafv2.IpSetArgs(
            scope="REGIONAL",
            ip_address_version="IPV4",
            addresses=self._args.get("blocked_addresses", []),
        )
        self._transforms.blocked(args)
        return wafv2.IpSet(f"{self._name}-blocked", args, opts=self._child)

    def _acl(self, blocked: wafv2.IpSet) -> wafv2.WebAcl:
        rules = [
            self._rule(
                0,
                "blocked-addresses",
                wafv2.WebAclRuleStatementArgs(
                    ip_set_reference_statement=_IpSetReference(arn=blocked.arn)
                ),
            ),
            self._rule(
                1,
                "rate-limit",
                wafv2.WebAclRuleStatementArgs(
                    rate_based_statement=wafv2.WebAclRuleStatementRateBasedStatementArgs(
                        limit=self._rate, aggregate_key_type="IP", evaluation_window_sec=300
                    )
                ),
            ),
            *[self._managed(n, group) for n, group in enumerate(MANAGED_RULES, 2)],
        ]
        args = wafv2.WebAclArgs(
            scope="REGIONAL",
            default_action=wafv2.WebAclDefaultActionArgs(
                allow=wafv2.WebAclDefaultActionAllowArgs()
            ),
            rules=rules,
            visibility_config=wafv2.WebAclVisibilityConfigArgs(
                cloudwatch_metrics_enabled=True,
                metric_name=self._name,
                sampled_requests_enabled=True,
            ),
        )
        self._transforms.acl(args)
        return wafv2.WebAcl(self._name, args, opts=self._child)

    def _rule(
        self, priority: int, name: str, statement: wafv2.WebAclRuleStatementArgs
    ) -> wafv2.WebAclRuleArgs:
        return wafv2.WebAclRuleArgs(
            name=name,
            priority=priority,
            statement=statement,
            action=wafv2.WebAclRuleActionArgs(block=wafv2.WebAclRuleActionBlockArgs()),
            visibility_config=_visibility(name),
        )

    def _managed(self, priority: int, group: str) -> wafv2.WebAclRuleArgs:
        return wafv2.WebAclRuleArgs(
            name=group,
            priority=priority,
            statement=wafv2.WebAclRuleStatementArgs(
                managed_rule_group_statement=_ManagedRuleGroup(vendor_name="AWS", name=group)
            ),
            override_action=wafv2.WebAclRuleOverrideActionArgs(
                none=wafv2.WebAclRuleOverrideActionNoneArgs()
            ),
            visibility_config=_visibility(group),
        )

    def _association(self, acl: wafv2.WebAcl) -> wafv2.WebAclAssociation:
        args = wafv2.WebAclAssociationArgs(
            resource_arn=self._args["resource_arn"], web_acl_arn=acl.arn
        )
        self._transforms.association(args)
        return wafv2.WebAclAssociation(f"{self._name}-association", args, opts=self._child)

    def _logging(
        self, acl: wafv2.WebAcl
    ) -> tuple[cloudwatch.LogGroup, wafv2.WebAclLoggingConfiguration]:
        group_args = cloudwatch.LogGroupArgs(
            # The service refuses any other prefix.
            # https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
            name=f"aws-waf-logs-{self._boundary['prefix']}-{self._name}",
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )
        self._transforms.logs(group_args)
        group = cloudwatch.LogGroup(f"{self._name}-logs", group_args, opts=self._child)
        redacted = wafv2.WebAclLoggingConfigurationRedactedFieldArgs(
            single_header=wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(
                name="authorization"
            )
        )
        args = wafv2.WebAclLoggingConfigurationArgs(
            resource_arn=acl.arn,
            log_destination_configs=[group.arn],
            redacted_fields=[redacted],
        )
        self._transforms.logging(args)
        return group, wafv2.WebAclLoggingConfiguration(
            f"{self._name}-logging", args, opts=self._child
        )


def _visibility(name: str) -> wafv2.WebAclRuleVisibilityConfigArgs:
    return wafv2.WebAclRuleVisibilityConfigArgs(
        cloudwatch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
