import json
from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made
from tests.policies.web_acls import METRIC, RATE, beside, group_beside, managed

GROUP = "AWSManagedRulesKnownBadInputsRuleSet"
COUNTED = [{"name": "Log4JRCE_BODY", "actionToUse": {"count": {}}}]


def acl(*rules: dict[str, Any], **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.WAF_ACL, rules=[RATE, *rules], visibilityConfig=METRIC, **inputs)


def in_json(override: str) -> Made:
    statement = {"ManagedRuleGroupStatement": {"Name": GROUP, "VendorName": "AWS"}}
    rule = {"Name": "bad", "OverrideAction": {override: {}}, "Statement": statement}
    return made(aws.WAF_ACL, ruleJson=json.dumps([rule]))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let the group only count."""
    for rule in judged["inputs"]["rules"]:
        if rule["name"] == GROUP:
            rule["overrideAction"] = {"count": {}}
    return resources


FIXTURE = Fixture(
    holds={
        "used": acl(managed(GROUP)),
        "among others": acl(managed("Other"), managed(GROUP)),
        "in JSON": in_json("None"),
        "in a resource of its own": [acl(), beside(acl(), managed(GROUP))],
        "associated": [acl(), group_beside(acl(), "managedRuleGroup", {"name": GROUP})],
    },
    breaks={
        "missing": acl(managed("AWSManagedRulesCommonRuleSet")),
        "only counting": acl(managed(GROUP, "count")),
        "one only counted": acl(managed(GROUP, ruleActionOverrides=COUNTED)),
        "one excluded, the older way": acl(managed(GROUP, excludedRules=[{"name": "Log4JRCE"}])),
        "in a resource of its own, counting": [acl(), beside(acl(), managed(GROUP, "count"))],
        "associated, one counted": [
            acl(),
            group_beside(
                acl(), "managedRuleGroup", {"name": GROUP, "ruleActionOverrides": COUNTED}
            ),
        ],
        "in JSON, only counting": in_json("Count"),
        "in JSON, missing": made(aws.WAF_ACL, ruleJson="[]"),
        "no rules": made(aws.WAF_ACL),
    },
    mutation=change,
)
