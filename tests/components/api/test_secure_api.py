import json
from typing import TYPE_CHECKING

import pytest
from pulumi_aws import apigateway

from pulumi_rampart.api.problems import PROBLEMS
from pulumi_rampart.api.secure_api import SecureApi
from pulumi_rampart.testing import Graph
from tests.components.api.front import GUARD, HELLO, ROUTES, front
from tests.components.inside import ACCOUNT, BOUNDARY, recorded

if TYPE_CHECKING:
    from pulumi_rampart.api.handler import ApiHandler
    from pulumi_rampart.api.route import Route

METHOD = "aws:apigateway/method:Method"


INTEGRATION = "aws:apigateway/integration:Integration"


PERMISSION = "aws:lambda/permission:Permission"


EXECUTION = f"arn:aws:execute-api:eu-central-1:{ACCOUNT}:shop-dev-front-id"


def trigger(graph: Graph) -> str:
    (deployment,) = graph.of("aws:apigateway/deployment:Deployment")
    return deployment.inputs["triggers"]["routes"]


def test_every_route_is_behind_the_authorizer_and_the_validator() -> None:
    # when
    graph = front()

    # then
    methods = graph.of(METHOD)
    assert [one.inputs["httpMethod"] for one in methods] == ["GET", "POST", "PUT"]
    for method in methods:
        assert method.inputs["authorization"] == "CUSTOM"
        assert method.inputs["authorizerId"] == "front-authorizer"
        assert method.inputs["requestValidatorId"] == "front-validator"


def test_bodies_and_parameters_are_checked_before_a_function_runs() -> None:
    # when
    graph = front()

    # then
    validator = graph.one("aws:apigateway/requestValidator:RequestValidator", "front-validator")
    assert validator.inputs["validateRequestBody"] is True
    assert validator.inputs["validateRequestParameters"] is True
    bodies = {one.inputs["httpMethod"]: one.inputs.get("requestModels") for one in graph.of(METHOD)}
    assert bodies["GET"] is None
    assert bodies["POST"] == bodies["PUT"] == {"application/json": "FrontPostNotesBody"}
    put = graph.one(METHOD, "front-put-notes-note_id").inputs
    assert put["requestParameters"] == {"method.request.path.note_id": True}


def test_a_request_that_says_everything_by_its_path_needs_no_body() -> None:
    # given
    routes: list[Route] = [
        {"method": "POST", "path": "/notes/{note_id}/archive", "handler": HELLO, "body": False}
    ]

    # when
    graph = front(routes=routes)

    # then
    assert "requestModels" not in graph.one(METHOD, "front-post-notes-note_id-archive").inputs


def test_the_time_after_which_api_gateway_gives_up_is_written_down() -> None:
    # when
    graph = front()

    # then
    assert {one.inputs["timeoutMilliseconds"] for one in graph.of(INTEGRATION)} == {29_000}


def test_each_route_may_call_its_function_and_no_route_may_call_it_for_another() -> None:
    # when
    graph = front()

    # then
    sources = {one.inputs["sourceArn"] for one in graph.of(PERMISSION)}
    assert sources == {
        f"{EXECUTION}/authorizers/front-authorizer",
        f"{EXECUTION}/*/GET/notes",
        f"{EXECUTION}/*/POST/notes",
        f"{EXECUTION}/*/PUT/notes/*",
    }


def test_no_answer_of_the_authorizer_is_cached_for_it_would_outlive_the_token() -> None:
    # when
    guard = front().one("aws:apigateway/authorizer:Authorizer", "front-authorizer").inputs

    # then
    assert guard["authorizerResultTtlInSeconds"] == 0
    assert (guard["type"], guard["authorizerUri"]) == ("TOKEN", "arn:guard")


def test_old_tls_is_refused_on_the_apis_own_address_too() -> None:
    # when
    (api,) = front().of("aws:apigateway/restApi:RestApi")

    # then
    assert api.inputs["securityPolicy"].startswith("SecurityPolicy_TLS13_1_2_PFS")
    assert api.inputs["endpointAccessMode"] == "STRICT"


def test_preflight_is_answered_only_if_an_origin_may_call() -> None:
    # given
    origin = "https://app.example.com"

    # when
    closed, open_ = front(), front(allowed_origin=origin)

    # then
    assert "OPTIONS" not in {one.inputs["httpMethod"] for one in closed.of(METHOD)}
    preflight = [one.inputs for one in open_.of(METHOD) if one.inputs["httpMethod"] == "OPTIONS"]
    assert len(preflight) == 2  # paths
    assert {one["authorization"] for one in preflight} == {"NONE"}
    answers = open_.of("aws:apigateway/integrationResponse:IntegrationResponse")
    allowed = {
        one.inputs["responseParameters"]["method.response.header.Access-Control-Allow-Origin"]
        for one in answers
    }
    assert allowed == {f"'{origin}'"}


def test_preflight_reaches_no_function() -> None:
    # when
    graph = front(allowed_origin="https://app.example.com")

    # then
    mocks = [one for one in graph.of(INTEGRATION) if one.inputs["httpMethod"] == "OPTIONS"]
    assert {one.inputs["type"] for one in mocks} == {"MOCK"}


def test_what_the_api_refuses_itself_is_a_problem_document_the_origin_may_read() -> None:
    # when
    graph = front(allowed_origin="https://app.example.com")

    # then
    responses = graph.of("aws:apigateway/response:Response")
    assert {one.inputs["responseType"] for one in responses} == {one.kind for one in PROBLEMS}
    for response in responses:
        headers = response.inputs["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
        assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == (
            "'https://app.example.com'"
        )
        json.loads(response.inputs["responseTemplates"]["application/json"])


CHANGES = {
    "a path": {"routes": [*ROUTES[:2], {**ROUTES[2], "path": "/notes/{id}"}]},
    "a method": {"routes": [*ROUTES[:2], {**ROUTES[2], "method": "PATCH"}]},
    "a function": {"routes": [*ROUTES[:2], {**ROUTES[2], "handler": GUARD}]},
    "whether there is a body": {"routes": [*ROUTES[:2], {**ROUTES[2], "body": False}]},
    "a schema": {"routes": [*ROUTES[:2], {**ROUTES[2], "schema": '{"type": "string"}'}]},
    "one route less": {"routes": ROUTES[:2]},
    "the authorizer": {"authorizer": HELLO},
    "the origin": {"allowed_origin": "https://app.example.com"},
    "keys": {"clients": ["web"]},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_deployment_is_a_snapshot_of_makes_a_new_one_when_it_changes(
    change: str,
) -> None:
    # then
    assert trigger(front(**CHANGES[change])) != trigger(front())  # type: ignore[arg-type]


def test_nothing_else_makes_a_new_deployment() -> None:
    # then
    assert trigger(front(requests_per_second=5, burst=10)) == trigger(front())


def test_a_deployment_waits_for_every_part_of_its_snapshot() -> None:
    # when
    graph = front(allowed_origin="https://app.example.com")

    # then
    (deployment,) = graph.of("aws:apigateway/deployment:Deployment")
    kinds = (METHOD, INTEGRATION, "aws:apigateway/response:Response")
    parts = {one.urn for kind in kinds for one in graph.of(kind)}
    assert parts <= set(deployment.dependencies)


def test_named_clients_have_to_send_their_key() -> None:
    # when
    graph = front(clients=["web"])

    # then
    assert {one.inputs["apiKeyRequired"] for one in graph.of(METHOD)} == {True}
    assert len(graph.of("aws:apigateway/apiKey:ApiKey")) == 1
    assert {one.inputs["apiKeyRequired"] for one in front().of(METHOD)} == {False}


def test_the_firewall_is_attached_to_the_stage() -> None:
    # when
    graph = front()

    # then
    (stage,) = graph.of("aws:apigateway/stage:Stage")
    (association,) = graph.of("aws:wafv2/webAclAssociation:WebAclAssociation")
    assert association.inputs["resourceArn"] == stage.outputs["arn"]


def test_a_preview_registers_what_the_deployment_does_though_functions_are_yet_unknown() -> None:
    # given
    def program() -> None:
        handler: ApiHandler = {
            **HELLO,
            "invoke_arn": apigateway.RestApi("given").execution_arn,
        }
        SecureApi(
            "front",
            {
                "boundary": BOUNDARY,
                "authorizer": GUARD,
                "routes": [{"method": "GET", "path": "/notes", "handler": handler}],
            },
        )

    # when
    foreseen, made = recorded(program, preview=True), recorded(program)

    # then
    assert {one.urn for one in foreseen.resources} == {one.urn for one in made.resources}
