"""The rules of a web firewall: what is blocked, what managed groups do, which bodies are large."""

from collections.abc import Sequence
from typing import Annotated, Any, TypedDict

from pulumi_aws import wafv2

from pulumi_rampart.arguments import Length, OneOf

# In order of evaluation. KnownBadInputs holds the Log4j rules.
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
MANAGED_RULES = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
)


# The size that the common rule set refuses, and the label by which later rules see it did not.
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
_COMMON, _SIZE_RULE = "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"
_SIZE_LABEL = "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"
# https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
MAX_PATTERN = 512
ACTIONS = OneOf(("allow", "block", "count"), "`count` lets it through and says so.")
PATTERN = Length(1, MAX_PATTERN, "WAF takes no longer pattern.")


class RuleOverride(TypedDict):
    """What is done with what one rule of a managed group finds, in place of what the group says."""

    group: Annotated[str, OneOf(MANAGED_RULES, "these groups are in force.")]
    """The managed group."""
    rule: Annotated[str, Length(1, 128, "take the rule's name as AWS lists it.")]
    """Name of the rule in the group, such as `CrossSiteScripting_BODY`."""
    action: Annotated[str, ACTIONS]
    """allow, block or count."""


def overridden(group: str, overrides: Sequence[RuleOverride], *, large: bool) -> dict[str, str]:
    """Return what rules of a group do in place of what the group says, by their names.

    Args:
        group: the managed group.
        overrides: what the program has chosen.
        large: whether some paths take large bodies; then their size is only counted here.
    """
    chosen = {one["rule"]: one["action"] for one in overrides if one["group"] == group}
    sizes = {_SIZE_RULE: "count"} if group == _COMMON and large else {}
    return {**sizes, **chosen}


def one_of(patterns: Sequence[str]) -> str:
    """Return one pattern for several: the provider nests three statements, and no fourth."""
    return "|".join(patterns)


def sizes(priority: int, large: Sequence[str]) -> list[wafv2.WebAclRuleArgsDict]:
    """Refuse what the common rule set has only counted, but on the paths that may have it."""
    if not large:
        return []
    is_large: Any = {"label_match_statement": {"scope": "LABEL", "key": _SIZE_LABEL}}
    elsewhere: Any = {"not_statement": {"statements": [_path_matches(one_of(large))]}}
    statement: Any = {"and_statement": {"statements": [is_large, elsewhere]}}
    return [block(priority, "large-bodies-elsewhere", statement)]


def block(
    priority: int, name: str, statement: wafv2.WebAclRuleStatementArgsDict
) -> wafv2.WebAclRuleArgsDict:
    """Return a rule that blocks what a statement matches."""
    return {
        "name": name,
        "priority": priority,
        "statement": statement,
        "action": {"block": {}},
        "visibility_config": visibility(name),
    }


def _path_matches(pattern: str) -> dict[str, Any]:
    return {
        # In the provider's spelling: this deep the SDK does not translate names any more.
        "regexMatchStatement": {
            "regexString": pattern,
            "fieldToMatch": {"uriPath": {}},
            "textTransformations": [{"priority": 0, "type": "NONE"}],
        }
    }


def managed(priority: int, group: str, overrides: dict[str, str]) -> wafv2.WebAclRuleArgsDict:
    """Return a rule for one of AWS's groups, with the actions of some of its rules replaced."""
    replaced: list[Any] = [
        {"name": rule, "action_to_use": {action: {}}} for rule, action in overrides.items()
    ]
    named: Any = {"vendor_name": "AWS", "name": group}
    if replaced:
        named["rule_action_overrides"] = replaced
    return {
        "name": group,
        "priority": priority,
        "statement": {"managed_rule_group_statement": named},
        # The group's own verdicts stand, but for the rules that are named.
        "override_action": {"none": {}},
        "visibility_config": visibility(group),
    }


def visibility(name: str) -> wafv2.WebAclRuleVisibilityConfigArgsDict:
    """Return what CloudWatch is told, under which name."""
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": name,
        "sampled_requests_enabled": True,
    }
