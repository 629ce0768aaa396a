"""What the API says when it refuses: a problem document that helps and tells nothing internal."""

import json
from typing import Any

import pytest

from tests.end_to_end.knowledge import Knowledge, problem, wait_for
from tests.end_to_end.laptop import Laptop

UPLOAD = {"filename": "a.md", "content_type": "text/markdown", "size_bytes": 9}
MISSING = "00000000-0000-4000-8000-000000000000"
ORIGIN = "http://localhost:3000"


@pytest.mark.parametrize(
    ("call", "body", "field"),
    [
        ("POST /upload", {**UPLOAD, "filename": "../a.md"}, "filename"),
        ("POST /upload", {**UPLOAD, "filename": "a.exe"}, "filename"),
        ("POST /upload", {**UPLOAD, "content_type": "text/html"}, "content_type"),
        ("POST /upload", {**UPLOAD, "size_bytes": 10**12}, "size_bytes"),
        ("POST /upload", {**UPLOAD, "size_bytes": "9"}, "size_bytes"),
        ("POST /upload", {**UPLOAD, "document_id": "mine"}, "document_id"),
        ("POST /upload", {**UPLOAD, "tenant": "globex"}, "tenant"),
        ("POST /chat", {}, "question"),
        ("POST /chat", {"question": ""}, "question"),
        ("POST /chat", {"question": "x" * 2001}, "question"),
        ("POST /chat", {"question": "Why?", "top_k": 21}, "top_k"),
        ("POST /chat", {"question": "Why?", "session_id": "a#b"}, "session_id"),
        ("POST /crud", {"title": "A", "tags": [""]}, "tags.0"),
        ("POST /crud", {"title": "A", "status": "ready"}, "status"),
        (f"PUT /crud/{MISSING}", {"title": 7}, "title"),
    ],
)
def test_a_wrong_body_is_refused_by_the_name_of_its_field(
    acme: Knowledge, call: str, body: dict[str, Any], field: str
) -> None:
    # when
    response = acme.request(*call.split(), json=body)

    # then
    errors = problem(response, 400)["errors"]
    assert [error["field"] for error in errors] == [field]


@pytest.mark.parametrize("query", ["limit=0", "limit=many", "cursor=none", "tenant=globex"])
def test_a_wrong_query_is_refused_by_the_name_of_its_parameter(acme: Knowledge, query: str) -> None:
    # when
    response = acme.request("GET", f"/crud?{query}")

    # then
    (error,) = problem(response, 400)["errors"]
    assert error["field"] == query.split("=", maxsplit=1)[0]


@pytest.mark.parametrize("content", [b"", b"[1, 2]", b'"text"', b'{"question": ', b"\xff\xfe"])
def test_a_body_that_is_no_json_object_is_refused(acme: Knowledge, content: bytes) -> None:
    # when
    response = acme.request(
        "POST", "/chat", content=content, headers={"Content-Type": "application/json"}
    )

    # then
    problem(response, 400)


@pytest.mark.parametrize(
    "call", ["GET /nothing", "GET /upload", "DELETE /chat/one", "PATCH /crud", "GET /crud/a/b"]
)
def test_a_route_that_does_not_exist_is_a_problem_too(acme: Knowledge, call: str) -> None:
    # when
    response = acme.request(*call.split())

    # then
    problem(response, 404)


@pytest.mark.parametrize(
    "call",
    [f"GET /upload/{MISSING}", "GET /upload/not-an-id", "GET /crud/%2e%2e", "GET /chat/none"],
)
def test_what_is_not_there_is_not_found(acme: Knowledge, call: str) -> None:
    # when
    response = acme.request(*call.split())

    # then
    problem(response, 404)


@pytest.mark.parametrize(
    ("call", "function"),
    [
        (f"GET /upload/{MISSING}", "knowledge-s3-unified-handler"),
        ("GET /chat/none", "knowledge-chat-orchestrator"),
        (f"GET /crud/{MISSING}", "knowledge-dynamodb-crud-handler"),
    ],
)
def test_the_correlation_id_of_a_problem_leads_to_the_functions_log(
    laptop: Laptop, acme: Knowledge, call: str, function: str
) -> None:
    # when
    correlation_id = problem(acme.request(*call.split()), 404)["correlation_id"]

    # then
    def line() -> dict[str, Any] | None:
        lines = laptop.logged(function)
        return next((each for each in lines if each.get("correlation_id") == correlation_id), None)

    assert wait_for(line, "line with the correlation id")["status"] == 404


def test_the_correlation_id_of_an_answer_leads_to_every_function_that_took_part(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    acme.add("canal.md", b"# Canal\n\nThe canal has sixteen locks.\n")

    # when
    correlation_id = acme.ask("How many locks does the canal have?")["correlation_id"]

    # then
    for library in ("pinecone", "neo4j", "openai", "sentence-transformer"):

        def line(name: str = f"library-{library}") -> bool | None:
            seen = {each.get("correlation_id") for each in laptop.logged(name)}
            return correlation_id in seen or None

        wait_for(line, f"line of {library}")


@pytest.mark.parametrize("path", ["/upload", "/chat", "/crud", f"/crud/{MISSING}"])
def test_a_browsers_preflight_request_is_answered_without_a_token(
    acme: Knowledge, path: str
) -> None:
    # when
    response = acme.request(
        "OPTIONS",
        path,
        headers={
            "Authorization": None,
            "Origin": ORIGIN,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "Authorization,If-Match",
        },
    )

    # then
    allowed = response.headers
    assert response.status_code == 204
    assert allowed["access-control-allow-origin"] == ORIGIN
    assert "PUT" in allowed["access-control-allow-methods"].split(",")
    assert {"Authorization", "If-Match"} <= set(allowed["access-control-allow-headers"].split(","))


@pytest.mark.parametrize(
    ("call", "headers", "status"),
    [
        ("GET /crud", {}, 200),
        ("GET /crud?limit=0", {}, 400),
        ("GET /crud", {"Authorization": "Bearer a.b.c"}, 401),
    ],
)
def test_a_browser_may_read_answers_and_problems(
    acme: Knowledge, call: str, headers: dict[str, str], status: int
) -> None:
    # when
    response = acme.request(*call.split(), headers={"Origin": ORIGIN, **headers})

    # then
    assert response.status_code == status
    assert response.headers["access-control-allow-origin"] == ORIGIN


def test_another_origins_pages_may_read_nothing(acme: Knowledge) -> None:
    # when
    response = acme.request("GET", "/crud", headers={"Origin": "https://evil.example"})

    # then
    assert response.headers.get("access-control-allow-origin") in {None, ORIGIN}


def test_the_api_is_throttled(laptop: Laptop) -> None:
    # given
    (stage,) = laptop.cloud.graph.of("aws:apigateway/stage:Stage")

    # when
    deployed = laptop.cloud.clients.apigateway.get_stage(
        restApiId=stage.inputs["restApi"], stageName=stage.inputs["stageName"]
    )

    # then
    settings = deployed.get("methodSettings", {})["*/*"]
    assert (settings.get("throttlingRateLimit"), settings.get("throttlingBurstLimit")) == (50, 100)


def test_a_failure_tells_nothing_of_what_failed(laptop: Laptop, acme: Knowledge) -> None:
    # given: a function that cannot work
    with laptop.changed("knowledge-dynamodb-crud-handler", DOCUMENTS_TABLE="no-such-table"):
        # when
        response = acme.request("GET", "/crud")

    # then
    document = problem(response, 500)
    assert document["detail"] == "The request failed. Report the correlation id to the operator."
    assert "table" not in json.dumps(document).lower()
