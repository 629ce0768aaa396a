"""When somebody has to look at a function.

Creates, in order, unless it is off:
    <name>-errors     aws.cloudwatch.MetricAlarm   it fails often
    <name>-throttles  aws.cloudwatch.MetricAlarm   it is turned away often
    <name>-duration   aws.cloudwatch.MetricAlarm   it almost timed out
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input
from pulumi_aws import cloudwatch

from pulumi_rampart.alarm import COUNT, FIVE_MINUTES, PERCENT, FaultChoices, alarm, fault_alarm
from pulumi_rampart.arguments import Distinct, OneOf, checked
from pulumi_rampart.component import Component
from pulumi_rampart.functions.limits import TIMEOUT

# 285 s of 300: what it does takes too long, or what it calls does not answer.
ALMOST_TIMED_OUT_PERCENT = 95.0
MANY_THROTTLES = 10
OFF = OneOf(("errors", "throttles", "duration"), "these are a function's alarms.")


class FunctionAlarmChoices(FaultChoices):
    """When a function is worth an alarm."""

    throttles: NotRequired[Annotated[float, COUNT]]
    """Calls turned away in a period above which it fires. Default 10."""
    duration_percent: NotRequired[Annotated[float, PERCENT]]
    """Part of the timeout that the longest call of a period may take. Default 95."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: errors, throttles, duration. Default all are made."""


class FunctionAlarmsArgs(TypedDict):
    """What is watched."""

    alarm_topic_arn: Input[str]
    """Who is told."""
    function_name: Input[str]
    """Physical name of the function."""
    timeout_seconds: Annotated[int, TIMEOUT]
    """When it would be stopped, 1 to 900."""
    alarms: NotRequired[FunctionAlarmChoices]
    """Limits of the alarms. Default those of each."""


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
        self._choices = self._args.get("alarms", {})
        super().__init__(name, opts)

        off = self._choices.get("off", [])
        self.errors = None if "errors" in off else self._errors()
        self.throttles = None if "throttles" in off else self._throttles()
        self.duration = None if "duration" in off else self._duration()

        self.register_outputs()

    def _errors(self) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            "errors",
            **fault_alarm(
                topic_arn=self._args["alarm_topic_arn"],
                description=f"{self._watched} fails often",
                namespace="AWS/Lambda",
                faults="Errors",
                requests="Invocations",
                dimensions={"FunctionName": self._args["function_name"]},
                choices=self._choices,
            ),
        )

    def _throttles(self) -> cloudwatch.MetricAlarm:
        many = self._choices.get("throttles", MANY_THROTTLES)
        return self._alarm("throttles", "Throttles", "is turned away often", "Sum", many)

    def _duration(self) -> cloudwatch.MetricAlarm:
        part = self._choices.get("duration_percent", ALMOST_TIMED_OUT_PERCENT) / 100
        longest_ms = self._args["timeout_seconds"] * 1000 * part
        return self._alarm("duration", "Duration", "almost timed out", "Maximum", longest_ms)

    def _alarm(
        self, part: str, metric: str, what: str, statistic: str, threshold: float
    ) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            part,
            **alarm(
                topic_arn=self._args["alarm_topic_arn"],
                description=f"{self._watched} {what}",
                namespace="AWS/Lambda",
                metric=metric,
                dimensions={"FunctionName": self._args["function_name"]},
                statistic=statistic,
                threshold=threshold,
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )

    @property
    def _watched(self) -> str:
        return self._name.removesuffix("-alarms")
