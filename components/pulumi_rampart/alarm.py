"""How every component raises its alarms: one fault, one topic, silence is not a fault.

Defaults page for a reason. A single failure is retried or becomes a dead letter, which has an alarm
of its own; what somebody has to get up for is many of them, or a large part of all requests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NotRequired, TypedDict

from pulumi import Input

from pulumi_rampart.arguments import Between

FIVE_MINUTES = 300
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
_DAY_SECONDS, _MINUTE_SECONDS = 86_400, 60
FAULTS, FAULT_PERCENT, ENOUGH_REQUESTS = 10, 5.0, 20


@dataclass(frozen=True)
class Period:
    """A rule for how long CloudWatch gathers before it judges: whole minutes, at most a day."""

    def problem(self, value: float) -> str | None:
        """Judge a number of seconds."""
        if _MINUTE_SECONDS <= value <= _DAY_SECONDS and value % _MINUTE_SECONDS == 0:
            return None
        return "CloudWatch gathers whole minutes, at most a day; write 60, 300 or 3600."


PERIOD = Period()
COUNT = Between(0, 10**9, "take what is worth a call at night.")
PERCENT = Between(0, 100, "it is a part of all requests.")


class AlarmChoices(TypedDict):
    """What all components decide about their alarms."""

    period_seconds: NotRequired[Annotated[int, PERIOD]]
    """How long is gathered before it is judged, in whole minutes. Default 300."""


class FaultChoices(AlarmChoices):
    """When failures of requests are worth an alarm: many, or a large part of all."""

    errors: NotRequired[Annotated[float, COUNT]]
    """Failures in one period above which it fires. Default 10."""
    error_percent: NotRequired[Annotated[float, PERCENT]]
    """Part of all requests of a period above which it fires, too. Default 5."""
    enough_requests: NotRequired[Annotated[int, COUNT]]
    """Requests in a period from which on the part counts: of three requests one failure says
    little. Default 20."""


class AlarmInputs(TypedDict):
    """What all alarms have in common, as `aws.cloudwatch.MetricAlarm` takes it."""

    alarm_description: str
    comparison_operator: str
    threshold: float
    evaluation_periods: int
    treat_missing_data: str
    alarm_actions: list[Input[str]]
    ok_actions: list[Input[str]]


class MetricAlarmInputs(AlarmInputs):
    """An alarm on one metric."""

    namespace: str
    metric_name: str
    dimensions: Input[Mapping[str, Input[str]]]
    statistic: str
    period: int


class ComputedAlarmInputs(AlarmInputs):
    """An alarm on what is computed from metrics."""

    metric_queries: list[Any]


def alarm(
    *,
    topic_arn: Input[str],
    description: str,
    namespace: str,
    metric: str,
    dimensions: Input[Mapping[str, Input[str]]],
    statistic: str = "Sum",
    threshold: float = 0,
    period_seconds: int = FIVE_MINUTES,
    periods: int = 1,
) -> MetricAlarmInputs:
    """Return the inputs of an alarm that fires above `threshold` and tells the topic."""
    return {
        **_common(topic_arn, description, threshold, periods),
        "namespace": namespace,
        "metric_name": metric,
        "dimensions": dimensions,
        "statistic": statistic,
        "period": period_seconds,
    }


def fault_alarm(
    *,
    topic_arn: Input[str],
    description: str,
    namespace: str,
    faults: str,
    requests: str,
    dimensions: Mapping[str, Input[str]],
    choices: FaultChoices,
) -> ComputedAlarmInputs:
    """Return the inputs of an alarm on many failures, or on a large part of all requests.

    Args:
        topic_arn: who is told.
        description: for whoever is told.
        namespace: of both metrics.
        faults: metric that counts failures.
        requests: metric that counts all requests.
        dimensions: of both metrics.
        choices: the limits; see `FaultChoices`.
    """
    many = choices.get("errors", FAULTS)
    part = choices.get("error_percent", FAULT_PERCENT) / 100
    enough = choices.get("enough_requests", ENOUGH_REQUESTS)
    expression = (
        f"IF(faults > {many:g} OR (requests >= {enough} AND faults / requests > {part:g}), 1, 0)"
    )
    return computed_alarm(
        topic_arn=topic_arn,
        description=description,
        namespace=namespace,
        metrics={"faults": faults, "requests": requests},
        dimensions=dimensions,
        expression=expression,
        period_seconds=choices.get("period_seconds", FIVE_MINUTES),
    )


def computed_alarm(
    *,
    topic_arn: Input[str],
    description: str,
    namespace: str,
    metrics: Mapping[str, str],
    dimensions: Mapping[str, Input[str]],
    expression: Input[str],
    threshold: float = 0,
    period_seconds: int = FIVE_MINUTES,
) -> ComputedAlarmInputs:
    """Return the inputs of an alarm that fires when an expression is above `threshold`.

    `metrics` names the sums that the expression is made of; none for a query of Metrics Insights.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
    """
    queries: list[Any] = [
        {
            "id": name,
            "metric": {
                "namespace": namespace,
                "metric_name": metric,
                "dimensions": dimensions,
                "period": period_seconds,
                "stat": "Sum",
            },
        }
        for name, metric in metrics.items()
    ]
    judged: dict[str, Any] = {
        "id": "judged",
        "expression": expression,
        "label": description,
        "return_data": True,
    }
    if not metrics:
        judged["period"] = period_seconds
    return {
        **_common(topic_arn, description, threshold, 1),
        "metric_queries": [*queries, judged],
    }


def _common(topic_arn: Input[str], description: str, threshold: float, periods: int) -> AlarmInputs:
    """Tell the topic in both directions: whoever is called also learns when it is over."""
    return {
        "alarm_description": description,
        "comparison_operator": "GreaterThanThreshold",
        "threshold": threshold,
        "evaluation_periods": periods,
        # A function that nobody calls sends no data points; that is not an incident.
        "treat_missing_data": "notBreaching",
        "alarm_actions": [topic_arn],
        "ok_actions": [topic_arn],
    }
