"""When somebody has to look at a workflow.

Creates, in order, unless it is off:
    <name>-failed     aws.cloudwatch.MetricAlarm   an execution failed
    <name>-timed-out  aws.cloudwatch.MetricAlarm   an execution took longer than it may
    <name>-throttled  aws.cloudwatch.MetricAlarm   steps have to wait for AWS
    <name>-age        aws.cloudwatch.MetricAlarm   an execution took almost as long as it may
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input
from pulumi_aws import cloudwatch

from pulumi_rampart.alarm import COUNT, FIVE_MINUTES, PERCENT, AlarmChoices, alarm
from pulumi_rampart.arguments import Between, Distinct, OneOf, checked
from pulumi_rampart.component import Component

ALMOST_TIMED_OUT_PERCENT = 80.0
MANY_THROTTLES = 10
# Longest execution of a standard workflow.
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MAX_SECONDS = 31_536_000
OFF = OneOf(("failed", "timed_out", "throttled", "age"), "these are a workflow's alarms.")


class WorkflowAlarmChoices(AlarmChoices):
    """When a workflow is worth an alarm."""

    failed: NotRequired[Annotated[float, COUNT]]
    """Executions that failed in a period above which it fires. Default 0: nobody retries them."""
    timed_out: NotRequired[Annotated[float, COUNT]]
    """Executions that timed out in a period above which it fires. Default 0."""
    throttled: NotRequired[Annotated[float, COUNT]]
    """Steps in a period that had to wait for AWS, above which it fires. Default 10."""
    age_percent: NotRequired[Annotated[float, PERCENT]]
    """Part of `timeout_seconds` that the longest execution of a period may have taken. Default
    80."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: failed, timed_out, throttled, age. Default all are made."""


class WorkflowAlarmsArgs(TypedDict):
    """What is watched."""

    alarm_topic_arn: Input[str]
    """Who is told."""
    state_machine_arn: Input[str]
    """ARN of the state machine."""
    timeout_seconds: Annotated[int, Between(1, MAX_SECONDS)]
    """When an execution would be stopped."""
    alarms: NotRequired[WorkflowAlarmChoices]
    """Limits of the alarms. Default those of each."""


class WorkflowAlarms(Component):
    """Alarms on failures, timeouts, throttles and age; a part of `Workflow`.

    Example:
        WorkflowAlarms("paying-alarms", {
            "alarm_topic_arn": topic.arn, "timeout_seconds": 3600,
            "state_machine_arn": "arn:aws:states:eu-central-1:123456789012:stateMachine:paying",
        })
    """

    NAMES = (
        ("{name}-failed", cloudwatch.MetricAlarm),
        ("{name}-timed-out", cloudwatch.MetricAlarm),
        ("{name}-throttled", cloudwatch.MetricAlarm),
        ("{name}-age", cloudwatch.MetricAlarm),
    )

    def __init__(
        self, name: str, args: WorkflowAlarmsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, WorkflowAlarmsArgs)
        self._choices = self._args.get("alarms", {})
        super().__init__(name, opts)

        off = self._choices.get("off", [])
        self.failed = None if "failed" in off else self._failed()
        self.timed_out = None if "timed_out" in off else self._timed_out()
        self.throttled = None if "throttled" in off else self._throttled()
        self.age = None if "age" in off else self._age()

        self.register_outputs()

    def _failed(self) -> cloudwatch.MetricAlarm:
        limit = self._choices.get("failed", 0)
        return self._alarm("failed", "ExecutionsFailed", "failed", limit)

    def _timed_out(self) -> cloudwatch.MetricAlarm:
        limit = self._choices.get("timed_out", 0)
        return self._alarm("timed-out", "ExecutionsTimedOut", "timed out", limit)

    def _throttled(self) -> cloudwatch.MetricAlarm:
        limit = self._choices.get("throttled", MANY_THROTTLES)
        return self._alarm("throttled", "ExecutionThrottled", "has to wait for AWS often", limit)

    def _age(self) -> cloudwatch.MetricAlarm:
        """Told when the execution ends; one that never does times out."""
        part = self._choices.get("age_percent", ALMOST_TIMED_OUT_PERCENT) / 100
        limit_ms = self._args["timeout_seconds"] * 1000 * part
        return self._alarm("age", "ExecutionTime", "almost timed out", limit_ms, "Maximum")

    def _alarm(
        self, part: str, metric: str, what: str, threshold: float, statistic: str = "Sum"
    ) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            part,
            # https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
            **alarm(
                topic_arn=self._args["alarm_topic_arn"],
                description=f"{self._name.removesuffix('-alarms')} {what}",
                namespace="AWS/States",
                metric=metric,
                dimensions={"StateMachineArn": self._args["state_machine_arn"]},
                statistic=statistic,
                threshold=threshold,
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )
