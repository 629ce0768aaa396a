"""When somebody has to look at a function.

Creates, in order:
    <name>-errors     aws.cloudwatch.MetricAlarm   it failed
    <name>-throttles  aws.cloudwatch.MetricAlarm   it was turned away
    <name>-duration   aws.cloudwatch.MetricAlarm   it almost timed out
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input
from pulumi_aws import cloudwatch

from pulumi_rampart.alarm import alarm
from pulumi_rampart.arguments import checked
from pulumi_rampart.component import Component
from pulumi_rampart.functions.limits import TIMEOUT

ALMOST_TIMED_OUT = 0.9


class FunctionAlarmsArgs(TypedDict):
    """What is watched."""

    alarm_topic_arn: Input[str]
    """Who is told."""
    function_name: Input[str]
    """Physical name of the function."""
    timeout_seconds: Annotated[int, TIMEOUT]
    """When it would be stopped, 1 to 900."""


class FunctionAlarms(Component):
    """Alarms on errors, throttles and duration; a part of `LambdaFunction`.

    Example:
        FunctionAlarms("worker-alarms", {"alarm_topic_arn": topic.arn,
                                         "function_name": worker.name, "timeout_seconds": 30})
    """

    NAMES = (
        ("{name}-errors", cloudwatch.MetricAlarm),
        ("{name}-throttles", cloudwatch.MetricAlarm),
        ("{name}-duration", cloudwatch.MetricAlarm),
    )

    def __init__(
        self, name: str, args: FunctionAlarmsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, FunctionAlarmsArgs)
        super().__init__(name, opts)

        self.errors = self._alarm("errors", "Errors", "failed")
        self.throttles = self._alarm("throttles", "Throttles", "was turned away")
        self.duration = self._duration()

        self.register_outputs()

    def _duration(self) -> cloudwatch.MetricAlarm:
        timeout_ms = self._args["timeout_seconds"] * 1000
        return self._alarm(
            "duration", "Duration", "almost timed out", "Maximum", timeout_ms * ALMOST_TIMED_OUT
        )

    def _alarm(
        self, part: str, metric: str, what: str, statistic: str = "Sum", threshold: float = 0
    ) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            part,
            **alarm(
                topic_arn=self._args["alarm_topic_arn"],
                description=f"{self._name.removesuffix('-alarms')} {what}",
                namespace="AWS/Lambda",
                metric=metric,
                dimensions={"FunctionName": self._args["function_name"]},
                statistic=statistic,
                threshold=threshold,
            ),
        )
