import json
from typing import Any

import pytest
from pulumi_aws import apigateway

from pulumi_rampart.api.stage import ApiStage, ApiStageArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ALARMS, BOUNDARY, KEY, recorded, refusal

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


def test_less_than_a_request_a_second_is_a_rate_too() -> None:
    # when
    (made,) = stage(requests_per_second=0.5).of("aws:apigateway/methodSettings:MethodSettings")

    # then
    assert made.inputs["settings"]["throttlingRateLimit"] == 0.5


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


def test_access_and_execution_logs_are_encrypted_and_expire() -> None:
    # when
    groups = stage().of("aws:cloudwatch/logGroup:LogGroup")

    # then
    assert len(groups) == 2
    for group in groups:
        assert (group.inputs["kmsKeyId"], group.inputs["retentionInDays"]) == (KEY, 365)


def test_the_group_of_execution_logs_has_the_name_that_api_gateway_writes_to() -> None:
    # when
    graph = stage()

    # then
    (api,) = graph.of("aws:apigateway/restApi:RestApi")
    names = [one.inputs["name"] for one in graph.of("aws:cloudwatch/logGroup:LogGroup")]
    assert f"API-Gateway-Execution-Logs_{api.id}/v1" in names


def test_requests_are_traced() -> None:
    # when
    (made,) = stage().of("aws:apigateway/stage:Stage")

    # then
    assert made.inputs["xrayTracingEnabled"] is True


def test_failures_and_slowness_of_the_api_raise_alarms() -> None:
    # when
    made = [one.inputs for one in stage().of("aws:cloudwatch/metricAlarm:MetricAlarm")]

    # then
    assert all(one["alarmActions"] == [ALARMS] for one in made)
    watched = [
        metric
        for one in made
        for metric in (
            [one]
            if "metricName" in one
            else [query["metric"] for query in one["metricQueries"] if "metric" in query]
        )
    ]
    assert {one["metricName"] for one in watched} == {"5XXError", "Count", "Latency"}
    assert all(one["dimensions"] == {"ApiName": "front", "Stage": "v1"} for one in watched)


def test_a_new_description_is_a_new_deployment_and_the_same_one_is_not() -> None:
    # given
    def trigger(described: str) -> object:
        (made,) = stage(described=described).of("aws:apigateway/deployment:Deployment")
        return made.inputs["triggers"]

    # then
    assert trigger("GET /hello") == trigger("GET /hello")
    assert trigger("GET /hello") != trigger("GET /bye")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"desribed": ""}, "stage.desribed: there is no such argument; did you mean `described`?"),
        ({"requests_per_second": -0.5}, "stage.requests_per_second=-0.5: a number from 0 to"),
        ({"requests_per_second": True}, "stage.requests_per_second=True: a number is wanted"),
        ({"burst": -1}, "stage.burst=-1: a whole number from 0 to 2147483647 is allowed; 0 refu"),
        ({"burst": 0.5}, "stage.burst=0.5: a whole number is wanted, not float."),
        ({"requests_per_day": "many"}, "stage.requests_per_day='many': a whole number is wanted"),
        ({"requests_per_day": 2**31}, "stage.requests_per_day=2147483648: a whole number from 0"),
        ({"clients": "web"}, "stage.clients='web': a list is wanted; put the text in brackets."),
        ({"clients": ["w" * 129]}, f"stage.clients[0]='{'w' * 129}': must match"),
        ({"clients": ["wéb"]}, "stage.clients[0]='wéb': must match"),
        ({"clients": ["b", "a", "b"]}, "stage.clients: 'b' stands in it twice; name each once."),
    ],
)
def test_what_aws_would_refuse_is_refused(more: dict[str, object], why: str) -> None:
    # given: made by the API before
    def program() -> None:
        ApiStage("stage", {**ARGS, **more}, api=None, made=[])  # type: ignore[arg-type,typeddict-item]  # wrong on purpose

    # then
    assert refusal(program).startswith(why)


def test_an_argument_that_is_missing_is_asked_for() -> None:
    # given
    args = {key: value for key, value in ARGS.items() if key != "burst"}

    # then
    assert refusal(lambda: ApiStage("stage", args, api=None, made=[])) == (  # type: ignore[arg-type]  # wrong on purpose
        "stage.burst: is missing; it has no default."
    )
