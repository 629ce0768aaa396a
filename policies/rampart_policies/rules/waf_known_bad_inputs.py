"""waf-known-bad-inputs: a web ACL refuses requests that carry known attacks, Log4Shell included.

Why: such requests come by the million, and one parser behind the API is enough.

Remedy: add AWS's rule group `AWSManagedRulesKnownBadInputsRuleSet`, not only counting.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError

GROUP = "AWSManagedRulesKnownBadInputsRuleSet"


def check(acl: Resource) -> Findings:
    """Look for the group, and for overrides that make it count instead of block."""
    if acl.has("ruleJson") and GROUP in (acl.text("ruleJson") or ""):
        raise NotApplicableError  # there, but whether it blocks is written in another grammar
    path = "statement.managedRuleGroupStatement"
    groups = [rule for rule in acl.blocks("rules") if rule.text(f"{path}.name") == GROUP]
    if not groups:
        yield f"no rule uses {GROUP}: known attacks are let through"
    for rule in groups:
        if "count" in rule.block("overrideAction").fields:
            yield f"rule {rule.text('name')} only counts"
        for override in rule.blocks(f"{path}.ruleActionOverrides"):
            if "count" in override.block("actionToUse").fields:
                yield f"rule {rule.text('name')} only counts {override.text('name')}"


RULE = resource_rule(
    __doc__, check, on=aws.WAF_ACL, severity=Severity.MEDIUM, covers=("CKV_AWS_192",)
)
