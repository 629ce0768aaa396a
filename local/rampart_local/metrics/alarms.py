"""Judges an alarm by its metrics: periods, datapoints to alarm, and the rule for missing data."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rampart_local.metrics.expressions import ExpressionError, evaluate
from rampart_local.metrics.insights import Query, parse
from rampart_local.metrics.series import Metric, Range, Series

_MORE_PERIODS = 2
"""CloudWatch looks further back than the evaluation periods where data is missing; how far it does
not say, but for the example of three periods, where it is five:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""
_BREACHES: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanOrEqualToThreshold": operator.le,
    "LessThanThreshold": operator.lt,
}
OK, ALARM, INSUFFICIENT = "OK", "ALARM", "INSUFFICIENT_DATA"


class Metrics(Protocol):
    """What has been published."""

    def read(self, metric: Metric, stat: str, span: Range, unit: str | None) -> Series:
        """Return a metric's values."""
        ...

    def select(self, query: Query, span: Range) -> Series:
        """Return the values of all metrics that a query takes, together."""
        ...


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The state that an alarm should have, and why."""

    state: str
    reason: str


def judged(alarm: dict[str, Any], metrics: Metrics, now: float) -> Verdict:
    """Judge an alarm.

    Args:
        alarm: as DescribeAlarms has it, its present state included.
        metrics: what has been published.
        now: seconds since 1970.

    Returns:
        A verdict; what cannot be evaluated here has insufficient data and says so.
    """
    breaches = _BREACHES.get(str(alarm.get("ComparisonOperator")))
    if breaches is None:
        return Verdict(
            state=INSUFFICIENT,
            reason=f"{alarm.get('ComparisonOperator')} is not evaluated on the laptop.",
        )
    try:
        values = _values(alarm, metrics, now)
    except ExpressionError as error:
        return Verdict(state=INSUFFICIENT, reason=f"Not evaluated on the laptop: {error}")
    threshold = float(alarm.get("Threshold") or 0)
    most = int(alarm.get("EvaluationPeriods") or 1)
    present = [each for each in values if each is not None][-most:]
    breaching = sum(breaches(each, threshold) for each in present)
    state = state_of(
        present=len(present),
        breaching=breaching,
        evaluated=most,
        needed=int(alarm.get("DatapointsToAlarm") or most),
        missing=_rule(alarm),
        before=str(alarm["StateValue"]),
    )
    if not present:
        return Verdict(state=state, reason=f"no datapoints; missing data is {_rule(alarm)}.")
    shown = ", ".join(f"{each:g}" for each in present)
    return Verdict(
        state=state,
        reason=(
            f"{breaching} of {most} datapoints [{shown}] {'were' if breaching != 1 else 'was'} "
            f"{alarm['ComparisonOperator']} ({threshold:g})."
        ),
    )


def state_of(  # the columns of AWS's table
    *, present: int, breaching: int, evaluated: int, needed: int, missing: str, before: str
) -> str:
    """Return the state by AWS's table of missing data.

    Args:
        present: how many of the latest datapoints there are, at most `evaluated`.
        breaching: how many of them breach.
        evaluated: evaluation periods.
        needed: datapoints to alarm.
        missing: `breaching`, `notBreaching`, `ignore` or `missing`.
        before: the state that the alarm has.
    """
    filled = evaluated - present if missing == "breaching" else 0
    if breaching + filled >= needed:
        return ALARM
    if missing in {"ignore", "missing"} and present == breaching and present < evaluated:
        # Nothing present speaks against a breach.
        if missing == "ignore":
            return before
        return ALARM if present else INSUFFICIENT
    return OK


def _rule(alarm: dict[str, Any]) -> str:
    """Return the rule for missing data; DynamoDB's alarms ignore it unless they say otherwise."""
    rule = str(alarm.get("TreatMissingData") or "missing")
    queries: list[dict[str, Any]] = alarm.get("Metrics") or []
    spaces = {str(alarm.get("Namespace"))} | {
        str(each["MetricStat"]["Metric"].get("Namespace"))
        for each in queries
        if each.get("MetricStat")
    }
    return "ignore" if rule == "missing" and "AWS/DynamoDB" in spaces else rule


def _values(alarm: dict[str, Any], metrics: Metrics, now: float) -> Series:
    count = int(alarm.get("EvaluationPeriods") or 1) + _MORE_PERIODS
    queries: list[dict[str, Any]] = alarm.get("Metrics") or []
    if not queries:
        span = Range(period=int(alarm.get("Period") or 60), count=count, now=now)
        stat = alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average"
        return metrics.read(_metric(alarm), str(stat), span, alarm.get("Unit"))
    return _of_queries(queries, metrics, count, now)


def _of_queries(queries: list[dict[str, Any]], metrics: Metrics, count: int, now: float) -> Series:
    periods = [int((each.get("MetricStat") or each).get("Period") or 0) for each in queries]
    span = Range(period=max(periods) or 60, count=count, now=now)
    known: dict[str, Series] = {}
    returned = ""
    for query in sorted(queries, key=lambda each: "MetricStat" not in each):
        id_ = str(query["Id"])
        if query.get("ReturnData", True):
            returned = id_
        if stat := query.get("MetricStat"):
            known[id_] = metrics.read(_metric(stat["Metric"]), stat["Stat"], span, stat.get("Unit"))
        elif str(query["Expression"]).lstrip().upper().startswith("SELECT"):
            known[id_] = metrics.select(parse(query["Expression"]), span)
        else:
            known[id_] = evaluate(query["Expression"], known, count=count, period=span.period)
    if returned not in known:
        raise ExpressionError("no query has ReturnData")
    return known[returned]


def _metric(described: dict[str, Any]) -> Metric:
    dimensions: list[dict[str, str]] = described.get("Dimensions") or []
    return Metric(
        namespace=str(described.get("Namespace")),
        name=str(described.get("MetricName")),
        dimensions=tuple(sorted((each["Name"], each["Value"]) for each in dimensions)),
    )
