"""Rules of web ACLs, for fixtures."""

from typing import Any

from rampart_policies import aws
from tests.policies.stacks import Made, made

METRIC = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": "m"}
RATE: dict[str, Any] = {
    "name": "rate",
    "priority": 0,
    "action": {"block": {}},
    "statement": {"rateBasedStatement": {"limit": 2000, "aggregateKeyType": "IP"}},
    "visibilityConfig": METRIC,
}


def managed(group: str, override: str = "none", **more: Any) -> dict[str, Any]:  # noqa: ANN401  # wire values are any JSON
    """Make a rule that uses one of AWS's rule groups."""
    return {
        "name": group,
        "priority": 1,
        "overrideAction": {override: {}},
        "statement": {"managedRuleGroupStatement": {"name": group, "vendorName": "AWS", **more}},
        "visibilityConfig": METRIC,
    }


def beside(acl: Made, rule: dict[str, Any]) -> Made:
    """Make a rule as a resource of its own."""
    return made(aws.WAF_ACL_RULE, webAclArn=acl.arn, **rule)


def group_beside(acl: Made, key: str, group: dict[str, Any], override: str = "none") -> Made:
    """Make a rule group's association as a resource of its own."""
    return made(
        aws.WAF_ACL_GROUP,
        webAclArn=acl.arn,
        ruleName="group",
        priority=2,
        overrideAction=override,
        **{key: group},
    )
