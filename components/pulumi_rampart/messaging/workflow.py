"""Steps that follow each other, run in parallel, wait for people, and are undone when one fails.

Creates, in order:
    <name>-logs    aws.cloudwatch.LogGroup   what executions did, encrypted, without their data
    <name>-role    WorkflowRole              its own: the functions it names, and what is listed
    <name>         aws.sfn.StateMachine      encrypted, logged, traced
    <name>-alarms  WorkflowAlarms
"""

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, sfn

from pulumi_rampart.arguments import AlsoCalled, Between, Matching, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.boundary.grantable import check_actions
from pulumi_rampart.component import Component
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.definition import parsed
from pulumi_rampart.messaging.definition_defaults import filled, placeholders, with_defaults
from pulumi_rampart.messaging.workflow_alarms import (
    MAX_SECONDS,
    WorkflowAlarmChoices,
    WorkflowAlarms,
)
from pulumi_rampart.messaging.workflow_role import WorkflowRole
from pulumi_rampart.permission import Permission, permission

# https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
MAX_EXPRESS_SECONDS = 300
TIMEOUT_SECONDS = 86_400
NAME = Matching(r"[A-Za-z_][\w-]*", "it stands in the definition as ${name}.")


class WorkflowArgs(TypedDict):
    """What a system decides about its workflow."""

    boundary: Input[Boundary]
    """Key, permissions boundary and alarm topic."""
    definition: Annotated[Input[str], AlsoCalled(("asl", "definition_string"))]
    """Amazon States Language as JSON, in which `${name}` stands for the ARN of a function or for
    one of the `values`. A text is checked before anything is made; an output, at deployment."""
    values: NotRequired[dict[Annotated[str, NAME], Input[str]]]
    """What other `${name}` stand for, such as a queue's URL. Default none."""
    permissions: NotRequired[list[Permission]]
    """What tasks do besides calling the functions: sending to a queue, putting events. Default
    nothing."""
    express: NotRequired[bool]
    """Whether executions last five minutes at most, keep no history besides the log and may run
    twice. Default false."""
    timeout_seconds: NotRequired[Annotated[int, Between(1, MAX_SECONDS)]]
    """When an execution is stopped, 1 to 31,536,000; 300 at most for express. Default a day, or 300
    for express."""
    on_failure: NotRequired[str]
    """State to which a failed Task, Parallel or Map goes that catches nothing itself, with what
    went wrong as `error` beside its input. Default the execution fails."""
    alarms: NotRequired[WorkflowAlarmChoices]
    """Limits of its alarms, and which are off. Default those of each."""


class Workflow(Component):
    """A state machine that does what its definition names and nothing else.

    A Task without `Retry` is tried again where Lambda itself failed.

    Example:
        paying = Workflow("paying", {
            "boundary": boundary.args,
            "definition": '''{"StartAt": "Charge", "States": {"Charge": {
                "Type": "Task", "Resource": "${charge}", "End": true}}}''',
        }, functions={"charge": worker})
    """

    NAMES = (
        ("/aws/vendedlogs/states/{prefix}-{name}", cloudwatch.LogGroup),
        ("{name}-role", WorkflowRole),
        ("{prefix}-{name}", sfn.StateMachine),
        ("{name}-alarms", WorkflowAlarms),
    )

    arn: Output[str]
    """What callers start."""

    def __init__(
        self,
        name: str,
        args: WorkflowArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        functions: Mapping[str, LambdaFunction] | None = None,
    ) -> None:
        self._args = checked(name, args, WorkflowArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._functions = functions or {}
        self._express = self._args.get("express", False)
        self.timeout_seconds = self._args.get(
            "timeout_seconds", MAX_EXPRESS_SECONDS if self._express else TIMEOUT_SECONDS
        )
        """When an execution is stopped."""
        self._check(name)
        definition = self._definition(name)
        super().__init__(name, opts, boundary=self._boundary)

        self._physical_name = prefixed(self._boundary, name)
        self._machine_arn = self._arn()
        self.logs = self._logs()
        self.role = self._role()
        self.state_machine = self._state_machine(definition)
        self.alarms = self._alarms()

        self.arn = self.state_machine.arn
        self.register_outputs()

    def _check(self, name: str) -> None:
        if self._express and self.timeout_seconds > MAX_EXPRESS_SECONDS:
            raise refused(
                name,
                "timeout_seconds",
                f"an express workflow takes {MAX_EXPRESS_SECONDS} s at most; leave `express` out.",
                got=self.timeout_seconds,
            )
        granted = [one for each in self._args.get("permissions", []) for one in each["statements"]]
        check_actions(
            name, self._boundary, [action for one in granted for action in one["actions"]]
        )
        if twice := sorted(self._functions.keys() & self._args.get("values", {}).keys()):
            raise refused(name, "values", f"{twice[0]} is the name of a function; take another.")

    def _definition(self, name: str) -> Output[str]:
        given = self._args["definition"]
        if isinstance(given, str):
            return self._checked(name, given)
        return Output.from_input(given).apply(lambda text: self._checked(name, text))

    def _checked(self, name: str, text: str) -> Output[str]:
        on_failure = self._args.get("on_failure")
        document = parsed(name, text, express=self._express, on_failure=on_failure)
        self._check_names(name, placeholders(text))
        if "TimeoutSeconds" in document:
            raise refused(
                name, "definition", "has TimeoutSeconds; say it once, as `timeout_seconds`."
            )
        with_defaults(document, on_failure=on_failure)
        whole: dict[str, Any] = {**document, "TimeoutSeconds": self.timeout_seconds}
        arns = {one: function.arn for one, function in self._functions.items()}
        return filled(whole, {**self._args.get("values", {}), **arns})

    def _check_names(self, name: str, wanted: list[str]) -> None:
        given = {**self._args.get("values", {}), **self._functions}
        if unknown := [one for one in wanted if one not in given]:
            raise refused(
                name,
                "definition",
                f"names ${{{unknown[0]}}}, which is neither among `functions` nor among `values`.",
            )
        if unused := [one for one in given if one not in wanted]:
            argument = "functions" if unused[0] in self._functions else "values"
            raise refused(
                name,
                argument,
                f"the definition does not name ${{{unused[0]}}}; leave it out, or use it.",
            )

    def _arn(self) -> Output[str]:
        """Return the ARN it will have: its role says whose history it may encrypt."""
        region, account = self._boundary["region"], self._boundary["account_id"]
        return Output.concat(
            "arn:aws:states:", region, ":", account, ":stateMachine:", self._physical_name
        )

    def _logs(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "logs",
            # The prefix keeps the account's log policy, which AWS extends for each, short.
            # https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
            name=Output.concat("/aws/vendedlogs/states/", self._physical_name),
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )

    def _role(self) -> WorkflowRole:
        calls = [function.invoke() for function in self._functions.values()]
        return self.child(
            WorkflowRole,
            "role",
            {
                "boundary": self._boundary,
                "state_machine_arn": self._machine_arn,
                "permissions": [*calls, *self._args.get("permissions", [])],
            },
        )

    def _state_machine(self, definition: Output[str]) -> sfn.StateMachine:
        return self.child(
            sfn.StateMachine,
            "",
            name=self._physical_name,
            type="EXPRESS" if self._express else "STANDARD",
            role_arn=self.role.arn,
            definition=definition,
            logging_configuration={
                "level": "ALL",
                # Logs are read by many, and what executions carry may be personal.
                "include_execution_data": False,
                "log_destination": Output.concat(self.logs.arn, ":*"),
            },
            tracing_configuration={"enabled": True},
            encryption_configuration={
                "type": "CUSTOMER_MANAGED_KMS_KEY",
                "kms_key_id": self._boundary["key_arn"],
            },
            # Step Functions sets up the log while it creates the state machine, as this role.
            opts=pulumi.ResourceOptions(depends_on=[self.role.policy]),
        )

    def _alarms(self) -> WorkflowAlarms:
        return self.child(
            WorkflowAlarms,
            "alarms",
            {
                "alarm_topic_arn": self._boundary["alarm_topic_arn"],
                "state_machine_arn": self.state_machine.arn,
                "timeout_seconds": self.timeout_seconds,
                "alarms": self._args.get("alarms", {}),
            },
        )

    def start(self) -> Permission:
        """Allow starting executions, without waiting for their end."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["states:StartExecution"], "resources": [self.arn]},
        )

    def answer(self) -> Permission:
        """Allow answering a task that waits for its token: success, failure, or still at work.

        The token says which; IAM knows no narrower resource.
        https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
        """
        actions = ["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"]
        return permission(self._name, self._boundary, {"actions": actions, "resources": ["*"]})
