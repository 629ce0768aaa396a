"""A function that is called, or a workflow that is started, by the clock.

Creates, in order:
    <name>-missed  DeadLetterQueue          calls that did not get through
    <name>-role    aws.iam.Role             what the scheduler assumes: may call this one target
    <name>-policy  aws.iam.RolePolicy
    <name>-group   aws.scheduler.ScheduleGroup
    <name>         aws.scheduler.Schedule
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam, scheduler

from pulumi_rampart.arguments import Between, Json, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component
from pulumi_rampart.documents import trust
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.schedule_expression import ScheduleExpression, TimeZone
from pulumi_rampart.messaging.workflow import Workflow
from pulumi_rampart.permission import Permission, key_statement, policy_document

MAX_EVENT_AGE_SECONDS = 3600
MAX_RETRIES = 3
# https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html
WINDOW = Between(1, 1440, "it is a part of a day; leave it out to call on time.")


class ScheduleArgs(TypedDict):
    """When what is called."""

    boundary: Input[Boundary]
    """Key and permissions boundary."""
    expression: Annotated[str, ScheduleExpression()]
    """`rate(1 day)`, `cron(0 3 * * ? *)` or `at(2027-01-01T00:00:00)`."""
    timezone: NotRequired[Annotated[str, TimeZone()]]
    """Of cron expressions, as the tz database names it. Default UTC."""
    input: NotRequired[Input[Annotated[str, Json("pass the event as a JSON object.")]]]
    """The event, an object as JSON. Default an empty one."""
    flexible_window_minutes: NotRequired[Annotated[int, WINDOW]]
    """Within how many minutes after its time the call may come, 1 to 1440, so that not all calls
    come at the full hour. Default at its time."""


class Schedule(Component):
    """Calls a function, or starts a workflow, at set times and keeps the calls that failed.

    Example:
        Schedule("nightly", {"boundary": boundary.args, "expression": "cron(0 3 * * ? *)"},
                 function=worker)
    """

    NAMES = (
        ("{name}-missed", DeadLetterQueue),
        ("{name}-role", iam.Role),
        ("{name}-policy", iam.RolePolicy),
        ("{prefix}-{name}", scheduler.ScheduleGroup),
        ("{prefix}-{name}", scheduler.Schedule),
    )

    arn: Output[str]
    """The schedule's ARN."""

    def __init__(
        self,
        name: str,
        args: ScheduleArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        function: LambdaFunction | None = None,
        workflow: Workflow | None = None,
    ) -> None:
        self._args = checked(name, args, ScheduleArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._target_arn, self._call = _target(name, function, workflow)
        super().__init__(name, opts, boundary=self._boundary)

        self.missed = self._missed()
        self.role = self._role()
        self.policy = self._policy()
        self.group = self._group()
        self.schedule = self._schedule()

        self.arn = self.schedule.arn
        self.register_outputs()

    def _missed(self) -> DeadLetterQueue:
        return self.child(
            DeadLetterQueue, "missed", {"boundary": self._boundary, "replay_to": self._target_arn}
        )

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "role",
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("scheduler.amazonaws.com", self._boundary["account_id"]),
        )

    def _policy(self) -> iam.RolePolicy:
        return self.child(
            iam.RolePolicy,
            "policy",
            role=self.role.name,
            policy=policy_document([self._call, self.missed.send(), self._read_own()]),
        )

    def _read_own(self) -> Permission:
        """Let the scheduler decrypt the schedule, which it does as this role.

        https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
        """
        return {"statements": [key_statement(self._boundary, "scheduler", "kms:Decrypt")]}

    def _group(self) -> scheduler.ScheduleGroup:
        return self.child(
            scheduler.ScheduleGroup, "group", name=prefixed(self._boundary, self._name)
        )

    def _schedule(self) -> scheduler.Schedule:
        return self.child(
            scheduler.Schedule,
            "",
            name=prefixed(self._boundary, self._name),
            group_name=self.group.name,
            kms_key_arn=self._boundary["key_arn"],
            schedule_expression=self._args["expression"],
            schedule_expression_timezone=self._args.get("timezone", "UTC"),
            flexible_time_window=self._window(),
            target={
                "arn": self._target_arn,
                "role_arn": self.role.arn,
                "input": self._args.get("input", "{}"),
                "dead_letter_config": {"arn": self.missed.arn},
                "retry_policy": {
                    "maximum_event_age_in_seconds": MAX_EVENT_AGE_SECONDS,
                    "maximum_retry_attempts": MAX_RETRIES,
                },
            },
            opts=pulumi.ResourceOptions(depends_on=[self.policy]),
        )

    def _window(self) -> scheduler.ScheduleFlexibleTimeWindowArgsDict:
        if "flexible_window_minutes" not in self._args:
            return {"mode": "OFF"}
        minutes = self._args["flexible_window_minutes"]
        return {"mode": "FLEXIBLE", "maximum_window_in_minutes": minutes}


def _target(
    name: str, function: LambdaFunction | None, workflow: Workflow | None
) -> tuple[Output[str], Permission]:
    """Return what is called, and what calling it takes."""
    if function is not None and workflow is None:
        return function.arn, function.invoke()
    if workflow is not None and function is None:
        return workflow.arn, workflow.start()
    raise refused(name, "function", "a schedule calls either a `function` or a `workflow`.")
