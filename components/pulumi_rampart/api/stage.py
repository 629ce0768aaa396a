"""A served snapshot of an API: how fast it may be called and what is written down about it.

Creates, in order:
    <name>-deployment  aws.apigateway.Deployment       a new one whenever a route changes
    <name>-access      aws.cloudwatch.LogGroup         one JSON line a request
    <name>             aws.apigateway.Stage            traced
    <name>-settings    aws.apigateway.MethodSettings   throttles, metrics, no data in logs
    <name>-plan        aws.apigateway.UsagePlan        and a key for each named client
    <name>-errors, -latency   aws.cloudwatch.MetricAlarm
"""

import hashlib
import json
from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway, cloudwatch

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary

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

    boundary: Boundary
    """The wall: key, alarm topic."""
    described: Input[str]
    """Changes whenever a route does: a deployment is a snapshot."""
    requests_per_second: int
    """Sustained rate of the whole API."""
    burst: int
    """Requests taken at once above the rate."""
    requests_per_day: int
    """Quota of each client's key."""
    clients: list[str]
    """Clients that get a key."""


@dataclass(frozen=True, kw_only=True)
class ApiStageTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    deployment: Transform[apigateway.DeploymentArgs] = unchanged
    access: Transform[cloudwatch.LogGroupArgs] = unchanged
    stage: Transform[apigateway.StageArgs] = unchanged
    settings: Transform[apigateway.MethodSettingsArgs] = unchanged
    plan: Transform[apigateway.UsagePlanArgs] = unchanged
    keys: Transform[apigateway.ApiKeyArgs] = unchanged
    errors: Transform[cloudwatch.MetricAlarmArgs] = unchanged
    latency: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ApiStageNodes:
    """The raw resources."""

    deployment: apigateway.Deployment
    access: cloudwatch.LogGroup
    stage: apigateway.Stage
    settings: apigateway.MethodSettings
    plan: apigateway.UsagePlan
    keys: tuple[apigateway.ApiKey, ...]
    errors: cloudwatch.MetricAlarm
    latency: cloudwatch.MetricAlarm


class ApiStage(pulumi.ComponentResource):
    """Deployment, stage, throttles, quota, logs and alarms of a REST API.

    Example:
        stage = ApiStage("front-stage", {
            "boundary": boundary.args, "described": "GET /hello", "requests_per_second": 50,
            "burst": 100, "requests_per_day": 100_000, "clients": [],
        }, api=api, made=[method, integration])
    """

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
        transforms: ApiStageTransforms = ApiStageTransforms(),
    ) -> None:
        super().__init__("rampart:index:ApiStage", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        deployment = self._deployment(api, made)
        access = self._access()
        stage = self._stage(api, deployment, access)
        settings = self._settings(api, stage)
        plan, keys = self._plan(api, stage)

        self.nodes = ApiStageNodes(
            deployment=deployment,
            access=access,
            stage=stage,
            settings=settings,
            plan=plan,
            keys=keys,
            errors=self._errors(api, stage),
            latency=self._latency(api, stage),
        )
        self.url = stage.invoke_url
        self.register_outputs({"url": self.url})

    def _deployment(
        self, api: apigateway.RestApi, made: list[pulumi.Resource]
    ) -> apigateway.Deployment:
        described = Output.from_input(self._args["described"])
        args = apigateway.DeploymentArgs(
            rest_api=api.id, triggers={"routes": described.apply(_digest)}
        )
        self._transforms.deployment(args)
        return apigateway.Deployment(
            f"{self._name}-deployment",
            args,
            opts=pulumi.ResourceOptions(parent=self, depends_on=made),
        )

    def _access(self) -> cloudwatch.LogGroup:
        args = cloudwatch.LogGroupArgs(
            name=f"/aws/apigateway/{self._boundary['prefix']}-{self._name}",
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )
        self._transforms.access(args)
        return cloudwatch.LogGroup(f"{self._name}-access", args, opts=self._child)

    def _stage(
        self,
        api: apigateway.RestApi,
        deployment: apigateway.Deployment,
        access: cloudwatch.LogGroup,
    ) -> apigateway.Stage:
        args = apigateway.StageArgs(
            rest_api=api.id,
            deployment=deployment.id,
            stage_name=STAGE,
            xray_tracing_enabled=True,
            access_log_settings=apigateway.StageAccessLogSettingsArgs(
                destination_arn=access.arn, format=json.dumps(ACCESS_LOG_FORMAT)
            ),
        )
        self._transforms.stage(args)
        return apigateway.Stage(self._name, args, opts=self._child)

    def _settings(
        self, api: apigateway.RestApi, stage: apigateway.Stage
    ) -> apigateway.MethodSettings:
        args = apigateway.MethodSettingsArgs(
            rest_api=api.id,
            stage_name=stage.stage_name,
            method_path="*/*",
            settings=apigateway.MethodSettingsSettingsArgs(
                metrics_enabled=True,
                logging_level="ERROR",
                # Questions and documents do not belong into logs.
                data_trace_enabled=False,
                throttling_rate_limit=self._args["requests_per_second"],
                throttling_burst_limit=self._args["burst"],
            ),
        )
        self._transforms.settings(args)
        return apigateway.MethodSettings(f"{self._name}-settings", args, opts=self._child)

    def _plan(
        self, api: apigateway.RestApi, stage: apigateway.Stage
    ) -> tuple[apigateway.UsagePlan, tuple[apigateway.ApiKey, ...]]:
        args = apigateway.UsagePlanArgs(
            api_stages=[apigateway.UsagePlanApiStageArgs(api_id=api.id, stage=stage.stage_name)],
            throttle_settings=apigateway.UsagePlanThrottleSettingsArgs(
                rate_limit=self._args["requests_per_second"], burst_limit=self._args["burst"]
            ),
            quota_settings=apigateway.UsagePlanQuotaSettingsArgs(
                limit=self._args["requests_per_day"], period="DAY"
            ),
        )
        self._transforms.plan(args)
        plan = apigateway.UsagePlan(f"{self._name}-plan", args, opts=self._child)
        return plan, tuple(self._key(client, plan) for client in self._args["clients"])

    def _key(self, client: str, plan: apigateway.UsagePlan) -> apigateway.ApiKey:
        args = apigateway.ApiKeyArgs()
        self._transforms.keys(args)
        key = apigateway.ApiKey(f"{self._name}-client-{client}", args, opts=self._child)
        apigateway.UsagePlanKey(
            f"{self._name}-client-{client}-plan",
            key_id=key.id,
            key_type="API_KEY",
            usage_plan_id=plan.id,
            opts=self._child,
        )
        return key

    def _errors(self, api: apigateway.RestApi, stage: apigateway.Stage) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"{self._name} answers with errors of its own",
            namespace="AWS/ApiGateway",
            metric="5XXError",
            dimensions={"ApiName": api.name, "Stage": stage.stage_name},
        )
        self._transforms.errors(args)
        return cloudwatch.MetricAlarm(f"{self._name}-errors", args, opts=self._child)

    def _latency(self, api: apigateway.RestApi, stage: apigateway.Stage) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"{self._name} is slow",
            namespace="AWS/ApiGateway",
            metric="Latency",
            dimensions={"ApiName": api.name, "Stage": stage.stage_name},
            statistic="Average",
            threshold=SLOW_MS,
            periods=5,
        )
        self._transforms.latency(args)
        return cloudwatch.MetricAlarm(f"{self._name}-latency", args, opts=self._child)


def _digest(described: str) -> str:
    return hashlib.sha256(described.encode()).hexdigest()
