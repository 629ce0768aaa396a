"""waf-rules: a web ACL has rules that act, a rate limit among them.

Why: an ACL without rules lets everything through and looks like protection.

Remedy: add rules, each with an `action` or `overrideAction`, and a `rateBasedStatement`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(acl: Resource) -> Findings:
    """Read the rules; `ruleJson` is the same in another spelling."""
    if acl.has("ruleJson"):
        return
    rules = acl.blocks("rules")
    if not rules:
        yield "rules is empty: everything is let through"
        return
    for rule in rules:
        if "action" not in rule.fields and "overrideAction" not in rule.fields:
            yield f"rule {rule.text('name')} has no action"
    if not any(rule.has("statement.rateBasedStatement") for rule in rules):
        yield "no rule limits the rate of requests: floods are let through"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.WAF_ACL,
    severity=Severity.HIGH,
    covers=("CKV_AWS_175", "CKV_AWS_342", "WAF.10"),
)
