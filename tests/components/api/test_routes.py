import pytest

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.api.route import Route
from pulumi_rampart.api.secure_api import SecureApi, SecureApiArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, recorded

METHOD = "aws:apigateway/method:Method"
RESOURCE = "aws:apigateway/resource:Resource"
INTEGRATION = "aws:apigateway/integration:Integration"
PERMISSION = "aws:lambda/permission:Permission"
EXECUTION = f"arn:aws:execute-api:eu-central-1:{ACCOUNT}:shop-dev-front-id"
HELLO: ApiHandler = {"name": "hello", "invoke_arn": "arn:hello", "timeout_seconds": 5}


def front(*routes: tuple[str, str], **more: object) -> Graph:
    described = [Route(method=method, path=path, handler=HELLO) for method, path in routes]
    args: SecureApiArgs = {
        "boundary": BOUNDARY,
        "authorizer": HELLO,
        "routes": described,
        **more,  # type: ignore[typeddict-item]  # any argument
    }
    return recorded(lambda: SecureApi("front", args))


def test_a_segment_is_one_resource_however_many_routes_pass_it() -> None:
    # when
    graph = front(("GET", "/notes"), ("POST", "/notes"), ("GET", "/notes/{note_id}/tags"))

    # then
    resources = {one.name: one.inputs for one in graph.of(RESOURCE)}
    assert {name: one["pathPart"] for name, one in resources.items()} == {
        "front-notes": "notes",
        "front-notes-note_id": "{note_id}",
        "front-notes-note_id-tags": "tags",
    }
    notes = graph.one(RESOURCE, "front-notes")
    assert resources["front-notes-note_id"]["parentId"] == notes.id


def test_the_root_of_the_api_can_be_a_route() -> None:
    # when
    graph = front(("GET", "/"), ("POST", "/"), allowed_origin="https://app.example.com")

    # then: on the resource that every API has
    assert not graph.of(RESOURCE)
    root = graph.one("aws:apigateway/restApi:RestApi", "front").outputs["rootResourceId"]
    methods = {one.name: one.inputs for one in graph.of(METHOD)}
    assert set(methods) == {"front-get", "front-post", "front-options"}
    assert {one["resourceId"] for one in methods.values()} == {root}
    assert graph.one(PERMISSION, "front-get-grant").inputs["sourceArn"] == f"{EXECUTION}/*/GET/"


def test_the_root_and_a_path_called_root_are_different_routes() -> None:
    # when
    graph = front(("GET", "/"), ("GET", "/root"))

    # then
    assert len({one.inputs["resourceId"] for one in graph.of(METHOD)}) == 2


def test_a_greedy_parameter_may_be_called_with_any_method_and_any_rest_of_the_path() -> None:
    # when
    graph = front(("ANY", "/Files/{proxy+}"))

    # then
    (method,) = graph.of(METHOD)
    assert method.inputs["httpMethod"] == "ANY"
    assert method.inputs["requestParameters"] == {"method.request.path.proxy": True}
    assert graph.one(RESOURCE, "front-Files-proxy").inputs["pathPart"] == "{proxy+}"
    grant = graph.one(PERMISSION, "front-any-Files-proxy-grant").inputs
    assert grant["sourceArn"] == f"{EXECUTION}/*/*/Files/*"


@pytest.mark.parametrize("path", ["/robots.txt", "/events:batch", "/" + "a" * 100])
def test_lambda_takes_the_statement_of_every_route_that_api_gateway_takes(path: str) -> None:
    # when
    graph = front(("GET", path))

    # then
    (grant,) = (one for one in graph.of(PERMISSION) if one.name.startswith("front-get-"))
    assert len(grant.inputs["statementId"]) <= 100
    assert not set(grant.inputs["statementId"]) & set(".:")


def test_browsers_are_told_what_a_page_may_send() -> None:
    # when
    graph = front(("GET", "/notes"), allowed_origin="https://app.example.com")

    # then
    (answer,) = graph.of("aws:apigateway/integrationResponse:IntegrationResponse")
    told = answer.inputs["responseParameters"]
    allowed = told["method.response.header.Access-Control-Allow-Methods"]
    assert allowed == "'DELETE,GET,PATCH,POST,PUT,OPTIONS'"
    # and not before the integration that it answers for exists
    assert graph.one(INTEGRATION, "front-options-notes-mock").urn in answer.dependencies


def test_a_path_without_a_route_of_its_own_answers_no_preflight() -> None:
    # when
    graph = front(("GET", "/notes/{note_id}"), allowed_origin="https://app.example.com")

    # then
    preflight = [one.name for one in graph.of(METHOD) if one.inputs["httpMethod"] == "OPTIONS"]
    assert preflight == ["front-options-notes-note_id"]
