"""What stands around one function; `ZipLambda` and `ImageLambda` add its code.

Creates, in order:
    <name>-logs       aws.cloudwatch.LogGroup     encrypted, with retention, the function's own
    <name>-failures   DeadLetterQueue             events of asynchronous calls that failed for good
    <name>-role       ExecutionRole               the function's own, capped by the boundary
    <name>            aws.lambda.Function         in the private network, traced
    <name>-events     aws.lambda.FunctionEventInvokeConfig
    <name>-alarms     FunctionAlarms
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict, cast

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, lambda_

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.arguments import AlsoCalled, refused
from pulumi_rampart.boundary.args import DEFAULT_LOG_LEVEL, Boundary, boundary_of, prefixed
from pulumi_rampart.boundary.grantable import check_actions
from pulumi_rampart.boundary.reach import reach
from pulumi_rampart.component import Component
from pulumi_rampart.functions import limits
from pulumi_rampart.functions.environment import Variables, check_size
from pulumi_rampart.functions.execution_role import ExecutionRole
from pulumi_rampart.functions.function_alarms import FunctionAlarmChoices, FunctionAlarms
from pulumi_rampart.functions.log_level import LOG_LEVEL, of_powertools
from pulumi_rampart.messaging.dead_letter_queue import RECORD, DeadLetterQueue
from pulumi_rampart.permission import Permission, covers, permission

# An event older than this is not worth repeating; it becomes a dead letter instead.
MAX_EVENT_AGE_SECONDS = 3600
EGRESS_TAG = "egress"


class FunctionArgs(TypedDict):
    """What a system decides about a function, however it is packaged."""

    boundary: Input[Boundary]
    """Network, key, permissions boundary, alarm topic."""
    description: NotRequired[Annotated[str, limits.DESCRIPTION]]
    """What it does, for the console; at most 256 characters. Default none."""
    permissions: NotRequired[list[Permission]]
    """What it may do; nothing else is granted. Default nothing."""
    environment: NotRequired[Annotated[Variables, AlsoCalled(("env", "variables"))]]
    """Variables, 4 KB together. No secrets: pass a secret's ARN. Default those of Powertools."""
    timeout_seconds: NotRequired[Annotated[int, limits.TIMEOUT]]
    """1 to 900. Default 30."""
    memory_mib: NotRequired[Annotated[int, limits.MEMORY]]
    """128 to 10240; processor time grows with it. Default 512."""
    ephemeral_storage_mib: NotRequired[
        Annotated[int, limits.STORAGE, AlsoCalled(("storage", "tmp_mib"))]
    ]
    """Size of /tmp, 512 to 10240. Default 512."""
    architecture: NotRequired[Annotated[str, limits.ARCHITECTURE]]
    """`arm64` or `x86_64`. Default arm64: a fifth cheaper."""
    egress: NotRequired[bool]
    """Whether it may call the boundary's allow-list of domains. Default false."""
    reserved_concurrency: NotRequired[Annotated[int, limits.CONCURRENCY]]
    """Most instances at a time; nobody else can use them. Default the account's limit."""
    alarms: NotRequired[FunctionAlarmChoices]
    """Limits of its alarms, and which are off. Default errors above 10 in 5 minutes or 5 % of the
    calls, throttles above 10, a call of 95 % of the timeout."""
    log_level: NotRequired[Annotated[str, LOG_LEVEL]]
    """Least level that it logs: TRACE, DEBUG, INFO, WARN, ERROR or FATAL. Default as boundary."""


class LambdaFunction(Component):
    """What every function has, whatever its code is packed in."""

    NAMES = (
        ("/aws/lambda/{prefix}-{name}", cloudwatch.LogGroup),
        ("{name}-failures", DeadLetterQueue),
        ("{name}-role", ExecutionRole),
        ("{prefix}-{name}", lambda_.Function),
        ("{name}-alarms", FunctionAlarms),
    )

    name: Output[str]
    """Physical name, what callers invoke."""
    arn: Output[str]
    """The function's ARN."""
    invoke_arn: Output[str]
    """What API Gateway calls."""

    def __init__(
        self, name: str, args: FunctionArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._function_args = args
        self._boundary = boundary_of(args["boundary"])
        self.timeout_seconds = args.get("timeout_seconds", 30)
        """When it is stopped."""
        self._physical_name = prefixed(self._boundary, name)
        self._check(name)
        super().__init__(name, opts, boundary=self._boundary)
        reach(self._boundary, args.get("permissions", []))

    def _check(self, name: str) -> None:
        args = self._function_args
        if args.get("egress", False) and self._boundary["egress_subnet_ids"] == []:
            raise refused(
                name,
                "egress",
                "the boundary has no way out; give it `egress_domains`, or leave `egress` out.",
                got=True,
            )
        check_size(name, self._variables(name))
        granted = [one for each in args.get("permissions", []) for one in each["statements"]]
        check_actions(
            name, self._boundary, [action for one in granted for action in one["actions"]]
        )

    def _build(self, code: Mapping[str, Any]) -> None:
        """Make the children and give the function its code, as `aws.lambda.Function` takes it."""
        self.logs = self._logs()
        self.failures = self.child(
            DeadLetterQueue, "failures", {"boundary": self._boundary, "replay_to": RECORD}
        )
        self.role = self._role()
        self.function = self._function(code)
        self.events = self._events()
        self.alarms = self._alarms()

        self.name, self.arn = self.function.name, self.function.arn
        self.invoke_arn = self.function.invoke_arn
        self.register_outputs()

    @property
    def _architecture(self) -> Literal["arm64", "x86_64"]:
        # A plain str in the arguments: the schema for other languages knows no Literal.
        architecture = self._function_args.get("architecture", "arm64")
        return cast("Literal['arm64', 'x86_64']", architecture)

    def _logs(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "logs",
            name=Output.concat("/aws/lambda/", self._physical_name),
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )

    def _role(self) -> ExecutionRole:
        return self.child(
            ExecutionRole,
            "role",
            {
                "boundary": self._boundary,
                "function_name": self._physical_name,
                "log_group_arn": self.logs.arn,
                "permissions": [self.failures.send(), *self._function_args.get("permissions", [])],
            },
        )

    def _function(self, code: Mapping[str, Any]) -> lambda_.Function:
        args = self._function_args
        return self.child(
            lambda_.Function,
            "",
            name=self._physical_name,
            description=args.get("description"),
            role=self.role.arn,
            architectures=[self._architecture],
            timeout=self.timeout_seconds,
            memory_size=args.get("memory_mib", 512),
            ephemeral_storage={"size": args.get("ephemeral_storage_mib", 512)},
            reserved_concurrent_executions=args.get("reserved_concurrency"),
            environment={"variables": self._variables(self._name)},
            kms_key_arn=self._boundary["key_arn"],
            vpc_config=self._vpc_config(),
            tracing_config={"mode": "Active"},
            # Read by the policies: the program says who may leave, and nobody else can.
            tags={EGRESS_TAG: "allow-list"} if args.get("egress", False) else None,
            logging_config={
                "log_format": "JSON",
                "log_group": self.logs.name,
                "application_log_level": self._log_level(),
                "system_log_level": "WARN",
            },
            # Lambda tries the role's network permissions while it creates the function.
            opts=pulumi.ResourceOptions(depends_on=[self.role.policy]),
            **code,
        )

    def _vpc_config(self) -> lambda_.FunctionVpcConfigArgsDict:
        boundary = self._boundary
        if self._function_args.get("egress", False):
            subnets, group = boundary["egress_subnet_ids"], boundary["egress_security_group_id"]
        else:
            subnets, group = boundary["private_subnet_ids"], boundary["private_security_group_id"]
        return {"subnet_ids": subnets, "security_group_ids": [group]}

    def _log_level(self) -> Input[str]:
        of_boundary = self._boundary.get("log_level", DEFAULT_LOG_LEVEL)
        return self._function_args.get("log_level", of_boundary)

    def _variables(self, name: str) -> dict[str, Input[str]]:
        return {
            "POWERTOOLS_SERVICE_NAME": name,
            "POWERTOOLS_METRICS_NAMESPACE": self._boundary["prefix"],
            "POWERTOOLS_LOG_LEVEL": of_powertools(self._log_level()),
            **self._function_args.get("environment", {}),
        }

    def _events(self) -> lambda_.FunctionEventInvokeConfig:
        return self.child(
            lambda_.FunctionEventInvokeConfig,
            "events",
            function_name=self.function.name,
            maximum_retry_attempts=2,
            maximum_event_age_in_seconds=MAX_EVENT_AGE_SECONDS,
            destination_config={"on_failure": {"destination": self.failures.arn}},
        )

    def _alarms(self) -> FunctionAlarms:
        return self.child(
            FunctionAlarms,
            "alarms",
            {
                "alarm_topic_arn": self._boundary["alarm_topic_arn"],
                "function_name": self.function.name,
                "timeout_seconds": self.timeout_seconds,
                "alarms": self._function_args.get("alarms", {}),
            },
        )

    @property
    def handler(self) -> ApiHandler:
        """The function as an API takes it."""
        return {
            "name": self.name,
            "invoke_arn": self.invoke_arn,
            "timeout_seconds": self.timeout_seconds,
        }

    def invoke(self) -> Permission:
        """Allow calling the function."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["lambda:InvokeFunction"], "resources": [self.arn]},
        )

    def may(self, wanted: Permission) -> bool:
        """Tell whether a permission is among those that the function was declared with."""
        return covers(self._function_args.get("permissions", []), wanted)
