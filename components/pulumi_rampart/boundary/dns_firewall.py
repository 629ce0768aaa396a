"""Names that may be resolved inside a network: allowed domains and AWS, nothing else.

Without it DNS is a way out of every network: a query for `secret.example.com` reaches the name
servers of example.com by the resolver, whatever the routes and security groups say.
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html

Creates, in order:
    <name>-allowed, -others   aws.route53.ResolverFirewallDomainList
    <name>-rules              aws.route53.ResolverFirewallRuleGroup
    <name>-allow, -block      aws.route53.ResolverFirewallRule
    <name>-config             aws.route53.ResolverFirewallConfig   closed when the firewall is down
    <name>-association        aws.route53.ResolverFirewallRuleGroupAssociation
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input
from pulumi_aws import route53

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.domains import DOMAIN, EACH_ONCE
from pulumi_rampart.component import Component

# What functions resolve to reach AWS by endpoints; the endpoints' policies decide what they reach.
AWS_DOMAINS = ("*.amazonaws.com", "*.api.aws", "*.on.aws")
# Lower numbers first; 100 and below are AWS's own.
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html
PRIORITY = 101


class DnsFirewallArgs(TypedDict):
    """Which names a network resolves."""

    vpc_id: Input[str]
    """The network."""
    domains: Annotated[list[Annotated[str, DOMAIN]], EACH_ONCE]
    """Hosts, or domains with a leading dot; may be empty."""


class DnsFirewall(Component):
    """An allow-list for the network's resolver; a part of `SecurityBoundary`.

    Example:
        DnsFirewall("names", {"vpc_id": vpc.id, "domains": ["api.example.com"]})
    """

    NAMES = (
        ("{name}-allowed", route53.ResolverFirewallDomainList),
        ("{name}-others", route53.ResolverFirewallDomainList),
        ("{name}-rules", route53.ResolverFirewallRuleGroup),
        ("{name}-allow", route53.ResolverFirewallRule),
        ("{name}-block", route53.ResolverFirewallRule),
        ("{name}-association", route53.ResolverFirewallRuleGroupAssociation),
    )

    def __init__(
        self, name: str, args: DnsFirewallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, DnsFirewallArgs)
        super().__init__(name, opts)

        self.allowed = self._list("allowed", _patterns(self._args["domains"]))
        self.others = self._list("others", ["*"])
        self.rules = self.child(route53.ResolverFirewallRuleGroup, "rules")
        self.allow = self._allow()
        self.block = self._block()
        self.config = self._config()
        self.association = self._association()

        self.register_outputs()

    def _list(self, part: str, domains: list[str]) -> route53.ResolverFirewallDomainList:
        return self.child(route53.ResolverFirewallDomainList, part, domains=domains)

    def _allow(self) -> route53.ResolverFirewallRule:
        return self.child(
            route53.ResolverFirewallRule,
            "allow",
            firewall_rule_group_id=self.rules.id,
            firewall_domain_list_id=self.allowed.id,
            action="ALLOW",
            # An allowed host may be an alias of a name that nobody has listed.
            firewall_domain_redirection_action="TRUST_REDIRECTION_DOMAIN",
            priority=1,
        )

    def _block(self) -> route53.ResolverFirewallRule:
        return self.child(
            route53.ResolverFirewallRule,
            "block",
            firewall_rule_group_id=self.rules.id,
            firewall_domain_list_id=self.others.id,
            action="BLOCK",
            block_response="NXDOMAIN",
            priority=2,
        )

    def _config(self) -> route53.ResolverFirewallConfig:
        return self.child(
            route53.ResolverFirewallConfig,
            "config",
            resource_id=self._args["vpc_id"],
            firewall_fail_open="DISABLED",
        )

    def _association(self) -> route53.ResolverFirewallRuleGroupAssociation:
        return self.child(
            route53.ResolverFirewallRuleGroupAssociation,
            "association",
            firewall_rule_group_id=self.rules.id,
            vpc_id=self._args["vpc_id"],
            priority=PRIORITY,
        )


def _patterns(domains: list[str]) -> list[str]:
    """Write domains as the resolver does: with a leading dot, the domain and all below it."""
    patterns: list[str] = []
    for domain in domains:
        patterns += [domain[1:], f"*{domain}"] if domain.startswith(".") else [domain]
    return [*patterns, *AWS_DOMAINS]
