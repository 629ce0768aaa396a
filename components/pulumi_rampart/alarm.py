"""How every component raises its alarms: one metric, one topic, silence is not a fault."""

from collections.abc import Mapping
from typing import TypedDict

from pulumi import Input

PERIOD_SECONDS = 60


class AlarmInputs(TypedDict):
    """What all alarms have in common, as `aws.cloudwatch.MetricAlarm` takes it."""

    alarm_description: str
    namespace: str
    metric_name: str
    dimensions: Input[Mapping[str, Input[str]]]
    statistic: str
    comparison_operator: str
    threshold: float
    period: int
    evaluation_periods: int
    treat_missing_data: str
    alarm_actions: list[Input[str]]
    ok_actions: list[Input[str]]


def alarm(
    *,
    topic_arn: Input[str],
    description: str,
    namespace: str,
    metric: str,
    dimensions: Input[Mapping[str, Input[str]]],
    statistic: str = "Sum",
    threshold: float = 0,
    periods: int = 1,
) -> AlarmInputs:
    """Return the inputs of an alarm that fires above `threshold` and tells the topic.

    Both directions are sent, so that whoever is paged is also told when it is over.
    """
    return {
        "alarm_description": description,
        "namespace": namespace,
        "metric_name": metric,
        "dimensions": dimensions,
        "statistic": statistic,
        "comparison_operator": "GreaterThanThreshold",
        "threshold": threshold,
        "period": PERIOD_SECONDS,
        "evaluation_periods": periods,
        # A function that nobody calls sends no data points; that is not an incident.
        "treat_missing_data": "notBreaching",
        "alarm_actions": [topic_arn],
        "ok_actions": [topic_arn],
    }
