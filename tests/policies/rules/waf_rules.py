import json
from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.web_acls import METRIC, RATE, beside, group_beside, managed


def acl(*rules: dict[str, Any], **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.WAF_ACL, rules=[*rules], visibilityConfig=METRIC, **inputs)


def in_json(action: str) -> Made:
    statement = {"RateBasedStatement": {"Limit": 2000, "AggregateKeyType": "IP"}}
    rule = {"Name": "rate", "Priority": 0, "Action": {action: {}}, "Statement": statement}
    return made(aws.WAF_ACL, ruleJson=json.dumps([rule]), visibilityConfig=METRIC)


IDLE = {key: value for key, value in RATE.items() if key != "action"}
COUNTING = {**RATE, "action": {"count": {}}}
OTHER = managed("AWSManagedRulesCommonRuleSet")
GROUP = made(aws.WAF_RULE_GROUP, "limits", rules=[RATE])
COUNTED = [{"name": "rate", "actionToUse": {"count": {}}}]


def grouped(override: str = "none", group: str = GROUP.arn, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    return {
        "name": "limits",
        "overrideAction": {override: {}},
        "statement": {"ruleGroupReferenceStatement": {"arn": group, **more}},
        "visibilityConfig": METRIC,
    }


FIXTURE = Fixture(
    holds={
        "a rate limit": acl(RATE),
        "asking who is human": acl({**RATE, "action": {"captcha": {}}}),
        "in JSON": in_json("Block"),
        "in a group of its own": [GROUP, acl(grouped())],
        "in a resource of its own": [acl(), beside(acl(), RATE)],
        "a group, associated": [
            GROUP,
            acl(),
            group_beside(acl(), "ruleGroupReference", {"arn": GROUP.arn}),
        ],
    },
    breaks={
        "none": acl(),
        "no rate limit": acl({**RATE, "statement": {"geoMatchStatement": {}}}),
        "no action": acl(IDLE),
        "a rate limit that only counts": acl(COUNTING, OTHER),
        "nothing but counting": acl(managed("AWSManagedRulesCommonRuleSet", "count")),
        "in JSON, counting": in_json("Count"),
        "in JSON, none": made(aws.WAF_ACL, ruleJson="[]"),
        "in a resource of its own, counting": [acl(), beside(acl(), COUNTING)],
        "a group, associated to count": [
            GROUP,
            acl(OTHER),
            group_beside(acl(), "ruleGroupReference", {"arn": GROUP.arn}, "count"),
        ],
        "a group that is told to count": [GROUP, acl(grouped("count"), OTHER)],
        "a group whose limit is told to count": [
            GROUP,
            acl(grouped(ruleActionOverrides=COUNTED), OTHER),
        ],
    },
    undecided={"a group of another stack": acl(grouped(group="arn:aws:wafv2:::rulegroup/x"))},
    mutation=put("rules", []),
    also=("waf-known-bad-inputs",),
)
