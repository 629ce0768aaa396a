"""Rules of web ACLs: in every form and grammar, and whether they act or only count."""

from typing import cast

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import Block, UndecidedError, Value, parse_json

_ACTING = ("block", "captcha", "challenge")
_GROUP = "statement.ruleGroupReferenceStatement"


def rules_of(acl: Resource) -> list[Block]:
    """Return the rules of an ACL or a rule group, also those given as `ruleJson`.

    `ruleJson` is the grammar of AWS's API, in which the same words start with a capital.
    """
    text = acl.text("ruleJson")
    if text is None:
        return acl.blocks("rules")
    return Block({"ruleJson": _uncapitalised(parse_json(text, "ruleJson"))}).blocks("ruleJson")


def rules_of_acl(acl: Resource, graph: Graph) -> list[Block]:
    """Return the rules of an ACL: its own, and those in resources beside it."""
    beside = graph.every_referrer(acl, aws.WAF_ACL_RULE, "webAclArn")
    groups = graph.every_referrer(acl, aws.WAF_ACL_GROUP, "webAclArn")
    return [*rules_of(acl), *beside, *map(_as_rule, groups)]


def has_action(rule: Block) -> bool:
    """Whether a rule says what happens to a request that it matches."""
    return any(rule.fields.get(key) is not None for key in ("action", "overrideAction"))


def only_counts(rule: Block) -> bool:
    """Whether a rule, or the group that it refers to, lets every request pass."""
    return any(_does(rule.block(key), "count") for key in ("action", "overrideAction"))


def counted_rules(rule: Block, statement: str) -> list[str]:
    """Return the rules of a group that are told to count only, in today's or the older form."""
    overridden = [
        one.text("name") or ""
        for one in rule.blocks(f"{statement}.ruleActionOverrides")
        if _does(one.block("actionToUse"), "count")
    ]
    return overridden + [
        one.text("name") or "" for one in rule.blocks(f"{statement}.excludedRules")
    ]


def rate_rules(acl: Resource, graph: Graph) -> list[tuple[str, bool]]:
    """Return (name, whether it stops a flood) of each rule that looks at the rate of requests.

    Raises:
        UndecidedError: there is none here, but a group outside this stack may have one.
    """
    found: list[tuple[str, bool]] = []
    elsewhere = False
    for rule in rules_of_acl(acl, graph):
        if rule.block("statement").fields.get("rateBasedStatement") is not None:
            found.append((rule.text("name") or "", _stops(rule)))
        elif rule.has(_GROUP):
            group = _group(rule, graph)
            elsewhere = elsewhere or group is None
            for inner in rules_of(group) if group else []:
                if inner.block("statement").fields.get("rateBasedStatement") is not None:
                    name = inner.text("name") or ""
                    counted = only_counts(rule) or name in counted_rules(rule, _GROUP)
                    found.append((name, _stops(inner) and not counted))
    if not found and elsewhere:
        raise UndecidedError("rules", "refer to a rule group outside this stack")
    return found


def _as_rule(group: Resource) -> Block:
    """Write the association of an ACL and a rule group as the rule that it makes."""
    kinds = {
        "managedRuleGroup": "managedRuleGroupStatement",
        "ruleGroupReference": "ruleGroupReferenceStatement",
    }
    statement: dict[str, Value] = {
        name: dict(group.block(key).fields) for key, name in kinds.items() if group.has(key)
    }
    return Block(
        {
            "name": group.text("ruleName"),
            "overrideAction": {group.text("overrideAction") or "none": {}},
            "statement": statement,
            "visibilityConfig": group.value("visibilityConfig"),
        }
    )


def _group(rule: Block, graph: Graph) -> Resource | None:
    arn = rule.text(f"{_GROUP}.arn") or ""
    named = graph.named(arn, aws.WAF_RULE_GROUP) if arn else []
    return named[0] if named else None


def _stops(rule: Block) -> bool:
    return any(_does(rule.block("action"), action) for action in _ACTING)


def _does(action: Block, what: str) -> bool:
    return action.fields.get(what) is not None


def _uncapitalised(value: Value) -> Value:
    if isinstance(value, dict):
        return {f"{key[:1].lower()}{key[1:]}": _uncapitalised(one) for key, one in value.items()}
    if isinstance(value, list):
        return cast("Value", [_uncapitalised(one) for one in value])
    return value
