import json
from typing import Any

from pulumi_aws import apigateway

from pulumi_rampart.api.stage import ApiStage, ApiStageArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import ALARMS, BOUNDARY, KEY, recorded

ARGS: ApiStageArgs = {
    "boundary": BOUNDARY,
    "described": "GET /hello",
    "requests_per_second": 20,
    "burst": 40,
    "requests_per_day": 1000,
    "clients": [],
}


def stage(**more: Any) -> Graph:  # noqa: ANN401  # any argument of the stage
    def program() -> None:
        api = apigateway.RestApi("api", name="front")
        ApiStage("stage", {**ARGS, **more}, api=api, made=[api])  # type: ignore[typeddict-item]

    return recorded(program)


def test_the_whole_api_is_throttled() -> None:
    # when
    (made,) = stage().of("aws:apigateway/methodSettings:MethodSettings")

    # then
    settings = made.inputs["settings"]
    assert made.inputs["methodPath"] == "*/*"
    assert (settings["throttlingRateLimit"], settings["throttlingBurstLimit"]) == (20, 40)


def test_every_named_client_has_a_key_and_a_daily_quota() -> None:
    # when
    graph = stage(clients=["web", "mobile"])

    # then
    (plan,) = graph.of("aws:apigateway/usagePlan:UsagePlan")
    assert plan.inputs["quotaSettings"] == {"limit": 1000, "period": "DAY"}
    keys = graph.of("aws:apigateway/usagePlanKey:UsagePlanKey")
    assert {one.inputs["keyId"] for one in keys} == {"stage-client-web", "stage-client-mobile"}
    assert {one.inputs["usagePlanId"] for one in keys} == {plan.id}


def test_requests_are_logged_with_tenant_and_correlation_id_and_without_their_content() -> None:
    # when
    graph = stage()

    # then
    (made,) = graph.of("aws:apigateway/stage:Stage")
    line = json.loads(made.inputs["accessLogSettings"]["format"])
    assert line["correlation_id"] == "$context.requestId"
    assert line["tenant"] == "$context.authorizer.tenant"
    (settings,) = graph.of("aws:apigateway/methodSettings:MethodSettings")
    assert settings.inputs["settings"]["dataTraceEnabled"] is False


def test_access_logs_are_encrypted_and_expire() -> None:
    # when
    (group,) = stage().of("aws:cloudwatch/logGroup:LogGroup")

    # then
    assert (group.inputs["kmsKeyId"], group.inputs["retentionInDays"]) == (KEY, 365)


def test_requests_are_traced() -> None:
    # when
    (made,) = stage().of("aws:apigateway/stage:Stage")

    # then
    assert made.inputs["xrayTracingEnabled"] is True


def test_failures_and_slowness_of_the_api_raise_alarms() -> None:
    # when
    alarms = {
        one.inputs["metricName"]: one.inputs
        for one in stage().of("aws:cloudwatch/metricAlarm:MetricAlarm")
    }

    # then
    assert set(alarms) == {"5XXError", "Latency"}
    for alarm in alarms.values():
        assert alarm["alarmActions"] == [ALARMS]
        assert alarm["dimensions"] == {"ApiName": "front", "Stage": "v1"}


def test_a_new_description_is_a_new_deployment_and_the_same_one_is_not() -> None:
    # given
    def trigger(described: str) -> object:
        (made,) = stage(described=described).of("aws:apigateway/deployment:Deployment")
        return made.inputs["triggers"]

    # then
    assert trigger("GET /hello") == trigger("GET /hello")
    assert trigger("GET /hello") != trigger("GET /bye")
