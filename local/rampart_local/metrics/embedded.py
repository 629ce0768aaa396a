"""Metrics that functions print: CloudWatch's embedded metric format.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any, cast

from rampart_local.metrics.series import Datum


def data(log: str) -> Iterator[Datum]:
    """Find the metrics in what a function printed; what is not well-formed is none."""
    for line in log.splitlines():
        # With a log format of its own the runtime writes nothing before a printed line.
        if '"_aws"' not in line or not line.startswith("{"):
            continue
        try:
            yield from _of_document(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue


def _of_document(document: dict[str, Any]) -> Iterator[Datum]:
    described: dict[str, Any] = document["_aws"]
    at = described["Timestamp"] / 1000 if "Timestamp" in described else None
    directives: list[dict[str, Any]] = described["CloudWatchMetrics"]
    for directive in directives:
        sets: list[list[str]] = directive.get("Dimensions") or [[]]
        metrics: list[dict[str, str]] = directive["Metrics"]
        for names, metric in product(sets, metrics):
            values: Any = document[metric["Name"]]
            numbers = cast("list[float]", values if isinstance(values, list) else [values])
            for value in numbers:
                yield Datum(
                    namespace=directive["Namespace"],
                    name=metric["Name"],
                    value=float(value),
                    unit=metric.get("Unit", "None"),
                    dimensions={name: str(document[name]) for name in names},
                    at=at,
                )
