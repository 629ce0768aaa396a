"""How every component raises its alarms: one metric, one topic, silence is not a fault."""

from collections.abc import Mapping

import pulumi
from pulumi_aws import cloudwatch

PERIOD_SECONDS = 60


def alarm_args(
    *,
    topic_arn: pulumi.Input[str],
    description: str,
    namespace: str,
    metric: str,
    dimensions: Mapping[str, pulumi.Input[str]],
    statistic: str = "Sum",
    threshold: float = 0,
    periods: int = 1,
) -> cloudwatch.MetricAlarmArgs:
    """Return the arguments of an alarm that fires above `threshold` and tells the topic.

    Both directions are sent, so that whoever is called also learns when it is over.
    """
    return cloudwatch.MetricAlarmArgs(
        alarm_description=description,
        namespace=namespace,
        metric_name=metric,
        dimensions=dict(dimensions),
        statistic=statistic,
        comparison_operator="GreaterThanThreshold",
        threshold=threshold,
        period=PERIOD_SECONDS,
        evaluation_periods=periods,
        # A function nobody calls sends no data points; that is not an incident.
        treat_missing_data="notBreaching",
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
    )
