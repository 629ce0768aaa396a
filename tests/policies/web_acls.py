"""Rules of web ACLs, for fixtures."""

from typing import Any

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
