"""A function that is called by the clock.

Creates, in order:
    <name>-missed  DeadLetterQueue          calls that did not get through
    <name>-role    aws.iam.Role             what the scheduler becomes: may call this one function
    <name>-policy  aws.iam.RolePolicy
    <name>-group   aws.scheduler.ScheduleGroup
    <name>         aws.scheduler.Schedule
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import iam, scheduler

from pulumi_rampart._arguments import require_match
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart._trust import trust
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.permission import policy_document

MAX_EVENT_AGE_SECONDS = 3600
MAX_RETRIES = 3


class ScheduleArgs(TypedDict):
    """When what is called."""

    boundary: Boundary
    """The wall: key, permissions boundary."""
    expression: str
    """`rate(1 day)`, `cron(0 3 * * ? *)` or `at(...)`."""
    timezone: NotRequired[str]
    """For cron expressions. Default UTC."""
    input: NotRequired[str]
    """The event, as JSON. Default an empty object."""


@dataclass(frozen=True, kw_only=True)
class ScheduleTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    role: Transform[iam.RoleArgs] = unchanged
    policy: Transform[iam.RolePolicyArgs] = unchanged
    group: Transform[scheduler.ScheduleGroupArgs] = unchanged
    schedule: Transform[scheduler.ScheduleArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ScheduleNodes:
    """The raw resources."""

    role: iam.Role
    policy: iam.RolePolicy
    group: scheduler.ScheduleGroup
    schedule: scheduler.Schedule


class Schedule(pulumi.ComponentResource):
    """Calls a function at set times and keeps the calls that failed.

    Example:
        Schedule("nightly", {"boundary": boundary.args, "expression": "cron(0 3 * * ? *)"},
                 function=worker)
    """

    arn: Output[str]
    """The schedule's ARN."""

    def __init__(
        self,
        name: str,
        args: ScheduleArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        function: LambdaFunction,
        transforms: ScheduleTransforms = ScheduleTransforms(),
    ) -> None:
        super().__init__("rampart:index:Schedule", name, None, opts)
        require_match(
            f"{name}.expression",
            args["expression"],
            r"(rate|cron|at)\(.+\)",
            "see docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html.",
        )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        self.missed = DeadLetterQueue(f"{name}-missed", {"boundary": self._boundary}, self._child)
        role = self._role()
        policy = self._policy(role, function)
        group = self._group()
        schedule = self._schedule(group, role, policy, function)

        self.nodes = ScheduleNodes(role=role, policy=policy, group=group, schedule=schedule)
        self.arn = schedule.arn
        self.register_outputs({"arn": self.arn})

    def _role(self) -> iam.Role:
        args = iam.RoleArgs(
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("scheduler.amazonaws.com", self._boundary["account_id"]),
        )
        self._transforms.role(args)
        return iam.Role(f"{self._name}-role", args, opts=self._child)

    def _policy(self, role: iam.Role, function: LambdaFunction) -> iam.RolePolicy:
        args = iam.RolePolicyArgs(
            role=role.name, policy=policy_document([function.invoke(), self.missed.send()])
        )
        self._transforms.policy(args)
        return iam.RolePolicy(f"{self._name}-policy", args, opts=self._child)

    def _group(self) -> scheduler.ScheduleGroup:
        args = scheduler.ScheduleGroupArgs(name=f"{self._boundary['prefix']}-{self._name}")
        self._transforms.group(args)
        return scheduler.ScheduleGroup(f"{self._name}-group", args, opts=self._child)

    def _schedule(
        self,
        group: scheduler.ScheduleGroup,
        role: iam.Role,
        policy: iam.RolePolicy,
        function: LambdaFunction,
    ) -> scheduler.Schedule:
        args = scheduler.ScheduleArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            group_name=group.name,
            kms_key_arn=self._boundary["key_arn"],
            schedule_expression=self._args["expression"],
            schedule_expression_timezone=self._args.get("timezone", "UTC"),
            flexible_time_window=scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
            target=scheduler.ScheduleTargetArgs(
                arn=function.arn,
                role_arn=role.arn,
                input=self._args.get("input", "{}"),
                dead_letter_config=scheduler.ScheduleTargetDeadLetterConfigArgs(
                    arn=self.missed.arn
                ),
                retry_policy=scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_event_age_in_seconds=MAX_EVENT_AGE_SECONDS,
                    maximum_retry_attempts=MAX_RETRIES,
                ),
            ),
        )
        self._transforms.schedule(args)
        return scheduler.Schedule(
            self._name, args, opts=pulumi.ResourceOptions(parent=self, depends_on=[policy])
        )
