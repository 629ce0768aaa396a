"""waf-metrics: a web ACL and its rules count what they block.

Why: an alarm on blocked requests needs a metric, and a rule without one works or fails unseen.

Remedy: set `visibilityConfig.cloudwatchMetricsEnabled` on the ACL and on each rule.
"""

from rampart_policies import aws
from rampart_policies.firewall import rules_of
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

# In `ruleJson` the same switch is written CloudWatchMetricsEnabled.
SWITCHES = ("cloudwatchMetricsEnabled", "cloudWatchMetricsEnabled")


def check(acl: Resource) -> Findings:
    """Read the switch of the ACL (or group, or rule beside it) and of each rule."""
    if not acl.flag("visibilityConfig.cloudwatchMetricsEnabled"):
        yield "visibilityConfig.cloudwatchMetricsEnabled is false: blocked requests are not counted"
    for rule in [] if acl.type == aws.WAF_ACL_RULE else rules_of(acl):
        if not any(rule.flag(f"visibilityConfig.{key}") for key in SWITCHES):
            yield f"rule {rule.text('name')} has no metric: what it blocks is not counted"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.WAF_ACL, aws.WAF_ACL_RULE, aws.WAF_RULE_GROUP),
    severity=Severity.LOW,
    house=True,
    covers=("WAF.12",),
)
