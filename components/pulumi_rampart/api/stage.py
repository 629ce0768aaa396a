"""A served snapshot of an API: how fast it may be called and what is logged about it.

Creates, in order:
    <name>-deployment  aws.apigateway.Deployment       a new one whenever a route changes
    <name>-access      aws.cloudwatch.LogGroup         one JSON line a request
    <name>-execution   aws.cloudwatch.LogGroup         what API Gateway itself logs
    <name>             aws.apigateway.Stage            traced
    <name>-settings    aws.apigateway.MethodSettings   throttles, metrics, no data in logs
    <name>-plan        aws.apigateway.UsagePlan        throttles and daily quota of the keys
    <name>-client-<client>, -client-<client>-plan      aws.apigateway.ApiKey, UsagePlanKey
    <name>-errors, -latency   aws.cloudwatch.MetricAlarm
"""

import hashlib
import json
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway, cloudwatch

from pulumi_rampart.alarm import FIVE_MINUTES, alarm, fault_alarm
from pulumi_rampart.api.api_alarms import ApiAlarmChoices
from pulumi_rampart.api.stage_limits import BURST, CLIENT, QUOTA, RATE, EachOnce
from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.boundary.order import before_stages
from pulumi_rampart.component import Component

STAGE = "v1"
SLOW_MS = 10_000

ACCESS_LOG_FORMAT = {
    "correlation_id": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "response_bytes": "$context.responseLength",
    "tenant": "$context.authorizer.tenant",
    "address": "$context.identity.sourceIp",
    "error": "$context.error.responseType",
    "trace": "$context.xrayTraceId",
}


class ApiStageArgs(TypedDict):
    """How the API is served."""

    boundary: Input[Boundary]
    """Prefix, key, log retention and alarm topic."""
    described: Input[str]
    """Changes whenever a route does: a deployment is a snapshot."""
    requests_per_second: Annotated[float, RATE]
    """Sustained rate of the whole API."""
    burst: Annotated[int, BURST]
    """Requests taken at once above the rate."""
    requests_per_day: Annotated[int, QUOTA]
    """Quota of each client's key."""
    clients: Annotated[list[Annotated[str, CLIENT]], EachOnce()]
    """Clients that get a key."""
    alarms: NotRequired[ApiAlarmChoices]
    """Limits of its alarms, and which are off. Default those of each."""


class ApiStage(Component):
    """Deployment, stage, throttles, quota, logs and alarms of a REST API; a part of `SecureApi`.

    Example:
        stage = ApiStage("front-stage", {
            "boundary": boundary.args, "described": "GET /hello", "requests_per_second": 50,
            "burst": 100, "requests_per_day": 100_000, "clients": [],
        }, api=api, made=[method, integration])
    """

    NAMES = (
        ("/aws/apigateway/{prefix}-{name}", cloudwatch.LogGroup),
        ("{name}-errors", cloudwatch.MetricAlarm),
        ("{name}-latency", cloudwatch.MetricAlarm),
    )

    url: Output[str]
    """Where the API answers, without a trailing slash."""

    def __init__(
        self,
        name: str,
        args: ApiStageArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        api: apigateway.RestApi,
        made: list[pulumi.Resource],
    ) -> None:
        self._args = checked(name, args, ApiStageArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)
        self._api = api

        self.deployment = self._deployment(made)
        self.access = self._access()
        self.execution = self._execution()
        self.stage = self._stage()
        self.settings = self._settings()
        self.plan = self._plan()
        self.keys = [self._key(client) for client in self._args["clients"]]
        self._choices = self._args.get("alarms", {})
        off = self._choices.get("off", [])
        self.errors = None if "errors" in off else self._errors()
        self.latency = None if "latency" in off else self._latency()

        self.url = self.stage.invoke_url
        self.register_outputs()

    def _deployment(self, made: list[pulumi.Resource]) -> apigateway.Deployment:
        described = Output.from_input(self._args["described"])
        return self.child(
            apigateway.Deployment,
            "deployment",
            rest_api=self._api.id,
            triggers={"routes": described.apply(_digest)},
            opts=pulumi.ResourceOptions(depends_on=made),
        )

    def _access(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "access",
            name=Output.concat("/aws/apigateway/", prefixed(self._boundary, self._name)),
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )

    def _execution(self) -> cloudwatch.LogGroup:
        """Declare the group that API Gateway would else make itself, without key and retention.

        https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
        """
        return self.child(
            cloudwatch.LogGroup,
            "execution",
            name=Output.concat("API-Gateway-Execution-Logs_", self._api.id, "/", STAGE),
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )

    def _stage(self) -> apigateway.Stage:
        return self.child(
            apigateway.Stage,
            "",
            rest_api=self._api.id,
            deployment=self.deployment.id,
            stage_name=STAGE,
            xray_tracing_enabled=True,
            access_log_settings={
                "destination_arn": self.access.arn,
                "format": json.dumps(ACCESS_LOG_FORMAT),
            },
            opts=pulumi.ResourceOptions(
                depends_on=[self.execution, *before_stages(self._boundary)]
            ),
        )

    def _settings(self) -> apigateway.MethodSettings:
        return self.child(
            apigateway.MethodSettings,
            "settings",
            rest_api=self._api.id,
            stage_name=self.stage.stage_name,
            method_path="*/*",
            settings={
                "metrics_enabled": True,
                "logging_level": "ERROR",
                # Questions and documents do not belong in logs.
                "data_trace_enabled": False,
                "throttling_rate_limit": self._args["requests_per_second"],
                "throttling_burst_limit": self._args["burst"],
            },
        )

    def _plan(self) -> apigateway.UsagePlan:
        return self.child(
            apigateway.UsagePlan,
            "plan",
            api_stages=[{"api_id": self._api.id, "stage": self.stage.stage_name}],
            throttle_settings={
                "rate_limit": self._args["requests_per_second"],
                "burst_limit": self._args["burst"],
            },
            quota_settings={"limit": self._args["requests_per_day"], "period": "DAY"},
        )

    def _key(self, client: str) -> apigateway.ApiKey:
        key = self.child(apigateway.ApiKey, f"client-{client}")
        self.child(
            apigateway.UsagePlanKey,
            f"client-{client}-plan",
            key_id=key.id,
            key_type="API_KEY",
            usage_plan_id=self.plan.id,
        )
        return key

    def _errors(self) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            "errors",
            **fault_alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"{self._name} often answers with errors of its own",
                namespace="AWS/ApiGateway",
                faults="5XXError",
                requests="Count",
                dimensions={"ApiName": self._api.name, "Stage": self.stage.stage_name},
                choices=self._choices,
            ),
        )

    def _latency(self) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            "latency",
            **alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"{self._name} is slow",
                namespace="AWS/ApiGateway",
                metric="Latency",
                dimensions={"ApiName": self._api.name, "Stage": self.stage.stage_name},
                statistic="Average",
                threshold=self._choices.get("latency_ms", SLOW_MS),
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )


def _digest(described: str) -> str:
    return hashlib.sha256(described.encode()).hexdigest()
