"""Fails, or prints a metric, as its event says."""

import json
from typing import Any


def handle(event: dict[str, Any], _context: Any) -> Any:  # noqa: ANN401  # any JSON
    order = json.loads(event["body"]) if event.get("httpMethod") else event
    if order.get("fail"):
        raise ValueError(order["fail"])
    if "orders" in order:
        print(json.dumps(metric(order["orders"])))  # noqa: T201  # as Powertools does
    if order.get("status"):
        return {"statusCode": order["status"], "body": "{}"}
    return order


def metric(value: int) -> dict[str, Any]:
    """Return the embedded format's document of one value."""
    described = {
        "Namespace": "shop",
        "Dimensions": [["service"]],
        "Metrics": [{"Name": "Orders", "Unit": "Count"}],
    }
    return {"_aws": {"CloudWatchMetrics": [described]}, "service": "till", "Orders": value}
