"""When somebody has to look at a function.

Creates, in order:
    <name>-errors     aws.cloudwatch.MetricAlarm   it failed
    <name>-throttles  aws.cloudwatch.MetricAlarm   it was turned away
    <name>-duration   aws.cloudwatch.MetricAlarm   it almost timed out
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input
from pulumi_aws import cloudwatch

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._transform import Transform, unchanged

ALMOST_TIMED_OUT = 0.9


class FunctionAlarmsArgs(TypedDict):
    """What is watched."""

    alarm_topic_arn: Input[str]
    """Who is told."""
    function_name: Input[str]
    """Physical name of the function."""
    timeout_seconds: int
    """When it would be stopped."""


@dataclass(frozen=True, kw_only=True)
class FunctionAlarmsTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    errors: Transform[cloudwatch.MetricAlarmArgs] = unchanged
    throttles: Transform[cloudwatch.MetricAlarmArgs] = unchanged
    duration: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class FunctionAlarmsNodes:
    """The raw resources."""

    errors: cloudwatch.MetricAlarm
    throttles: cloudwatch.MetricAlarm
    duration: cloudwatch.MetricAlarm


class FunctionAlarms(pulumi.ComponentResource):
    """Alarms on errors, throttles and duration.

    Example:
        FunctionAlarms("worker-alarms", {"alarm_topic_arn": topic.arn,
                                         "function_name": worker.name, "timeout_seconds": 30})
    """

    def __init__(
        self,
        name: str,
        args: FunctionAlarmsArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: FunctionAlarmsTransforms = FunctionAlarmsTransforms(),
    ) -> None:
        super().__init__("rampart:index:FunctionAlarms", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        self.nodes = FunctionAlarmsNodes(
            errors=self._errors(), throttles=self._throttles(), duration=self._duration()
        )
        self.register_outputs({})

    def _errors(self) -> cloudwatch.MetricAlarm:
        args = self._alarm("Errors", "failed")
        self._transforms.errors(args)
        return cloudwatch.MetricAlarm(f"{self._name}-errors", args, opts=self._child)

    def _throttles(self) -> cloudwatch.MetricAlarm:
        args = self._alarm("Throttles", "was turned away")
        self._transforms.throttles(args)
        return cloudwatch.MetricAlarm(f"{self._name}-throttles", args, opts=self._child)

    def _duration(self) -> cloudwatch.MetricAlarm:
        timeout_ms = int(self._args["timeout_seconds"]) * 1000
        args = self._alarm("Duration", "almost timed out", "Maximum", timeout_ms * ALMOST_TIMED_OUT)
        self._transforms.duration(args)
        return cloudwatch.MetricAlarm(f"{self._name}-duration", args, opts=self._child)

    def _alarm(
        self, metric: str, what: str, statistic: str = "Sum", threshold: float = 0
    ) -> cloudwatch.MetricAlarmArgs:
        return alarm_args(
            topic_arn=self._args["alarm_topic_arn"],
            description=f"{self._name.removesuffix('-alarms')} {what}",
            namespace="AWS/Lambda",
            metric=metric,
            dimensions={"FunctionName": self._args["function_name"]},
            statistic=statistic,
            threshold=threshold,
        )
