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

from pulumi_rampart.api.firewall_rules import (
    MANAGED_RULES,
    MAX_PATTERN,
    PATTERN,
    RuleOverride,
    block,
    managed,
    one_of,
    overridden,
    sizes,
    visibility,
)
from pulumi_rampart.arguments import Address, Between, Length, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component

# https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
MIN_RATE, MAX_RATE = 10, 2_000_000_000
# https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
MAX_ADDRESSES = 10_000


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
    large_bodies: NotRequired[list[Annotated[str, PATTERN]]]
    """Regular expressions of paths, the stage included, that take bodies over 8 KB, at most 512
    characters each. Default none: the common rule set refuses them everywhere."""
    overrides: NotRequired[list[RuleOverride]]
    """Rules of managed groups that do something else here. Default none."""


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
        paths = one_of(self._args.get("large_bodies", []))
        if len(paths) > MAX_PATTERN:
            raise refused(
                name,
                "large_bodies",
                f"{len(paths)} characters together, and WAF takes {MAX_PATTERN}; write "
                "one that matches several paths.",
            )
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
        large, overrides = self._args.get("large_bodies", []), self._args.get("overrides", [])
        return self.child(
            wafv2.WebAcl,
            "",
            scope="REGIONAL",
            default_action={"allow": {}},
            rules=[
                block(
                    0,
                    "blocked-addresses",
                    {"ip_set_reference_statement": {"arn": self.blocked.arn}},
                ),
                block(
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
                *[
                    managed(n, group, overridden(group, overrides, large=bool(large)))
                    for n, group in enumerate(MANAGED_RULES, 2)
                ],
                *sizes(len(MANAGED_RULES) + 2, large),
            ],
            visibility_config=visibility(self._name),
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
