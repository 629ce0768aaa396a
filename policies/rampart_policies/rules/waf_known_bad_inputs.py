"""waf-known-bad-inputs: a web ACL refuses requests that carry known attacks, Log4Shell included.

Why: such requests come by the million, and one parser behind the API is enough.

Remedy: add AWS's rule group `AWSManagedRulesKnownBadInputsRuleSet`, not only counting.
"""

from rampart_policies import aws
from rampart_policies.firewall import counted_rules, only_counts, rules_of_acl
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule

GROUP = "AWSManagedRulesKnownBadInputsRuleSet"
STATEMENT = "statement.managedRuleGroupStatement"


def check(acl: Resource, graph: Graph) -> Findings:
    """Look for the group, and for overrides that make it count instead of block."""
    rules = rules_of_acl(acl, graph)
    groups = [rule for rule in rules if rule.text(f"{STATEMENT}.name") == GROUP]
    if not groups:
        yield f"no rule uses {GROUP}: known attacks are let through"
    for rule in groups:
        if only_counts(rule):
            yield f"rule {rule.text('name')} only counts"
        for counted in counted_rules(rule, STATEMENT):
            yield f"rule {rule.text('name')} only counts {counted}"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.WAF_ACL,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_192", "CKV2_AWS_77"),
)
