"""The wall around one function; `ZipLambda` and `ImageLambda` put their code behind it.

Creates, in order:
    <name>-logs       aws.cloudwatch.LogGroup     encrypted, with retention, the function's own
    <name>-failures   DeadLetterQueue             events of asynchronous calls that failed for good
    <name>-role       ExecutionRole               the function's own, capped by the boundary
    <name>            aws.lambda.Function         in the private network, traced
    <name>-events     aws.lambda.FunctionEventInvokeConfig
    <name>-alarms     FunctionAlarms
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict, cast

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, lambda_

from pulumi_rampart._arguments import ArgumentError, require_between, require_one_of
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.api.routes import ApiHandler
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.functions.execution_role import ExecutionRole
from pulumi_rampart.functions.function_alarms import FunctionAlarms
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.permission import Permission

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_TIMEOUT_SECONDS = 900
MIN_MEMORY_MIB, MAX_MEMORY_MIB = 128, 10_240
MIN_STORAGE_MIB, MAX_STORAGE_MIB = 512, 10_240
ARCHITECTURES = ("arm64", "x86_64")
# An event older than this is not worth repeating; it becomes a dead letter instead.
MAX_EVENT_AGE_SECONDS = 3600


class FunctionArgs(TypedDict):
    """What a system decides about a function, however it is packaged."""

    boundary: Boundary
    """The wall: network, key, permissions boundary, alarm topic."""
    description: NotRequired[str]
    """What it does, for the console. Default none."""
    permissions: NotRequired[list[Permission]]
    """What it may do; nothing else is granted. Default nothing."""
    environment: NotRequired[dict[str, Input[str]]]
    """Variables, besides those of Powertools. No secrets: pass a secret's ARN. Default none."""
    timeout_seconds: NotRequired[int]
    """1 to 900. Default 30."""
    memory_mib: NotRequired[int]
    """128 to 10240; processor time grows with it. Default 512."""
    ephemeral_storage_mib: NotRequired[int]
    """Size of /tmp, 512 to 10240. Default 512."""
    architecture: NotRequired[str]
    """`arm64` or `x86_64`. Default arm64: a fifth cheaper."""
    egress: NotRequired[bool]
    """Whether it may call the boundary's allow-list of domains. Default false."""
    reserved_concurrency: NotRequired[int]
    """Most instances at a time. Default the account's limit."""


@dataclass(frozen=True, kw_only=True)
class FunctionTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    logs: Transform[cloudwatch.LogGroupArgs] = unchanged
    function: Transform[lambda_.FunctionArgs] = unchanged
    events: Transform[lambda_.FunctionEventInvokeConfigArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class FunctionNodes:
    """The raw resources."""

    logs: cloudwatch.LogGroup
    function: lambda_.Function
    events: lambda_.FunctionEventInvokeConfig


class LambdaFunction(pulumi.ComponentResource):
    """What every function has, whatever its code is packed in."""

    name: Output[str]
    """Physical name, what callers invoke."""
    arn: Output[str]
    """The function's ARN."""
    invoke_arn: Output[str]
    """What API Gateway calls."""

    def __init__(
        self,
        token: str,
        name: str,
        args: FunctionArgs,
        opts: pulumi.ResourceOptions | None,
        transforms: FunctionTransforms,
    ) -> None:
        super().__init__(token, name, None, opts)
        self._name, self._wall, self._function_transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)
        self._physical_name = f"{self._boundary['prefix']}-{name}"
        self._check()

    def _build(self, code: Mapping[str, Any]) -> None:
        """Make the wall and put `code` (arguments of aws.lambda.Function) behind it."""
        logs = self._logs()
        failures = DeadLetterQueue(
            f"{self._name}-failures", {"boundary": self._boundary}, self._child
        )
        self.role = self._role(logs, failures)
        function = self._function(code, self.role, logs)
        events = self._events(function, failures)
        self._alarms(function)

        self.nodes = FunctionNodes(logs=logs, function=function, events=events)
        self.name, self.arn, self.invoke_arn = function.name, function.arn, function.invoke_arn
        self.register_outputs({"name": self.name, "arn": self.arn, "invokeArn": self.invoke_arn})

    def _check(self) -> None:
        name, args = self._name, self._wall
        require_between(
            f"{name}.timeout_seconds",
            args.get("timeout_seconds", 30),
            1,
            MAX_TIMEOUT_SECONDS,
            "longer work belongs into a workflow or a queue.",
        )
        require_between(
            f"{name}.memory_mib",
            args.get("memory_mib", 512),
            MIN_MEMORY_MIB,
            MAX_MEMORY_MIB,
            "these are the service's limits.",
        )
        require_between(
            f"{name}.ephemeral_storage_mib",
            args.get("ephemeral_storage_mib", 512),
            MIN_STORAGE_MIB,
            MAX_STORAGE_MIB,
            "larger files belong into a bucket.",
        )
        require_one_of(
            f"{name}.architecture", self._architecture, ARCHITECTURES, "arm64 is the cheaper one."
        )
        if args.get("egress", False) and not self._boundary["egress_subnet_ids"]:
            raise ArgumentError(
                f"{name}.egress=True: the boundary has no way out; give it egress_domains, or "
                "leave egress away."
            )
        for variable in args.get("environment", {}):
            if variable.startswith(("AWS_", "LAMBDA_", "POWERTOOLS_")):
                raise ArgumentError(
                    f"{name}.environment[{variable!r}]: reserved by the runtime or set for every "
                    "function; choose another name."
                )

    @property
    def _architecture(self) -> Literal["arm64", "x86_64"]:
        # A plain str in the arguments: the schema for other languages knows no Literal.
        return cast("Literal['arm64', 'x86_64']", self._wall.get("architecture", "arm64"))

    def _logs(self) -> cloudwatch.LogGroup:
        args = cloudwatch.LogGroupArgs(
            name=f"/aws/lambda/{self._physical_name}",
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )
        self._function_transforms.logs(args)
        return cloudwatch.LogGroup(f"{self._name}-logs", args, opts=self._child)

    def _role(self, logs: cloudwatch.LogGroup, failures: DeadLetterQueue) -> ExecutionRole:
        return ExecutionRole(
            f"{self._name}-role",
            {
                "boundary": self._boundary,
                "function_name": self._physical_name,
                "log_group_arn": logs.arn,
                "permissions": [failures.send(), *self._wall.get("permissions", [])],
            },
            self._child,
        )

    def _function(
        self,
        code: Mapping[str, Any],
        role: ExecutionRole,
        logs: cloudwatch.LogGroup,
    ) -> lambda_.Function:
        wall = self._wall
        args = lambda_.FunctionArgs(
            name=self._physical_name,
            description=wall.get("description"),
            role=role.arn,
            architectures=[self._architecture],
            timeout=int(wall.get("timeout_seconds", 30)),
            memory_size=int(wall.get("memory_mib", 512)),
            ephemeral_storage=lambda_.FunctionEphemeralStorageArgs(
                size=int(wall.get("ephemeral_storage_mib", 512))
            ),
            reserved_concurrent_executions=wall.get("reserved_concurrency"),
            environment=lambda_.FunctionEnvironmentArgs(variables=self._variables()),
            kms_key_arn=self._boundary["key_arn"],
            vpc_config=self._vpc_config(),
            tracing_config=lambda_.FunctionTracingConfigArgs(mode="Active"),
            logging_config=lambda_.FunctionLoggingConfigArgs(
                log_format="JSON",
                log_group=logs.name,
                application_log_level="INFO",
                system_log_level="WARN",
            ),
            **code,
        )
        self._function_transforms.function(args)
        # Lambda tries the role's network permissions while it creates the function.
        return lambda_.Function(
            self._name,
            args,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[role.nodes.policy]),
        )

    def _vpc_config(self) -> lambda_.FunctionVpcConfigArgs:
        if self._wall.get("egress", False):
            return lambda_.FunctionVpcConfigArgs(
                subnet_ids=self._boundary["egress_subnet_ids"],
                security_group_ids=[self._boundary["egress_security_group_id"]],
            )
        return lambda_.FunctionVpcConfigArgs(
            subnet_ids=self._boundary["private_subnet_ids"],
            security_group_ids=[self._boundary["private_security_group_id"]],
        )

    def _variables(self) -> dict[str, Input[str]]:
        return {
            "POWERTOOLS_SERVICE_NAME": self._name,
            "POWERTOOLS_METRICS_NAMESPACE": self._boundary["prefix"],
            "POWERTOOLS_LOG_LEVEL": "INFO",
            **self._wall.get("environment", {}),
        }

    def _events(
        self, function: lambda_.Function, failures: DeadLetterQueue
    ) -> lambda_.FunctionEventInvokeConfig:
        args = lambda_.FunctionEventInvokeConfigArgs(
            function_name=function.name,
            maximum_retry_attempts=2,
            maximum_event_age_in_seconds=MAX_EVENT_AGE_SECONDS,
            destination_config=lambda_.FunctionEventInvokeConfigDestinationConfigArgs(
                on_failure=lambda_.FunctionEventInvokeConfigDestinationConfigOnFailureArgs(
                    destination=failures.arn
                )
            ),
        )
        self._function_transforms.events(args)
        return lambda_.FunctionEventInvokeConfig(f"{self._name}-events", args, opts=self._child)

    def _alarms(self, function: lambda_.Function) -> FunctionAlarms:
        return FunctionAlarms(
            f"{self._name}-alarms",
            {
                "alarm_topic_arn": self._boundary["alarm_topic_arn"],
                "function_name": function.name,
                "timeout_seconds": int(self._wall.get("timeout_seconds", 30)),
            },
            self._child,
        )

    @property
    def handler(self) -> ApiHandler:
        """The function as an API takes it."""
        return {
            "name": self.name,
            "invoke_arn": self.invoke_arn,
            "timeout_seconds": int(self._wall.get("timeout_seconds", 30)),
        }

    def invoke(self) -> Permission:
        """Allow calling the function."""
        return {"statements": [{"actions": ["lambda:InvokeFunction"], "resources": [self.arn]}]}
