"""waf-rules: a web ACL has rules that act, a rate limit among them.

Why: an ACL without rules, or with rules that count, lets everything through and looks like
protection.

Remedy: add rules, each with an `action` or `overrideAction`, and a `rateBasedStatement` whose
action is `block`, `captcha` or `challenge`.
"""

from rampart_policies import aws
from rampart_policies.firewall import has_action, only_counts, rate_rules, rules_of_acl
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(acl: Resource, graph: Graph) -> Findings:
    """Read the rules, and those of the groups that they refer to."""
    rules = rules_of_acl(acl, graph)
    if not rules:
        yield "rules is empty: everything is let through"
        return
    for rule in rules:
        if not has_action(rule):
            yield f"rule {rule.text('name')} has no action"
    if all(map(only_counts, rules)):
        yield "every rule only counts: everything is let through"
    limits = rate_rules(acl, graph)
    if not any(stops for _, stops in limits):
        counting = ", ".join(name for name, _ in limits)
        yield f"no rule limits the rate of requests{counting and f', {counting} only counts'}"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.WAF_ACL,
    severity=Severity.HIGH,
    covers=("CKV_AWS_175", "CKV_AWS_342", "WAF.10"),
)
