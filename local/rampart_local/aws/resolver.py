"""Route 53 Resolver: its firewall filters the names that a network resolves."""

from rampart_local.aws.registry import RECORDED_ONLY

RECORDED_ONLY.update(
    dict.fromkeys(
        (
            "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
            "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
            "aws:route53/resolverFirewallRule:ResolverFirewallRule",
            "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup",
            "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
        ),
        "functions resolve names as this machine does; none is filtered",
    )
)
