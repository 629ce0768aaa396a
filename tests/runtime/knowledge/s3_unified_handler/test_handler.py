"""Uploads over the function's HTTP edge, with forms that a real S3 checks."""

import importlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from runtime.shared.documents import UNSEEN, Document, named
from tests.runtime.knowledge.cloud import BUCKET, Client, Cloud, Handler, new_tenant

PDF = {"filename": "manual.pdf", "content_type": "application/pdf", "size_bytes": 5}


@pytest.fixture(scope="module")
def handler(cloud: Cloud) -> Handler:  # noqa: ARG001
    return importlib.import_module("runtime.knowledge.s3_unified_handler.handler").handler


@pytest.fixture
def client(handler: Handler) -> Client:
    return Client(handler, tenant=new_tenant())


def post(upload: dict[str, Any], content: bytes, **changes: str) -> httpx.Response:
    fields = {**upload["fields"], **changes}
    return httpx.post(upload["url"], data=fields, files={"file": ("file", content)})


def test_a_form_uploads_exactly_the_file_it_was_made_for(client: Client, cloud: Cloud) -> None:
    # given
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    upload = client.send("POST", "/upload", PDF).json
    # when
    response = post(upload, b"%PDF-")
    # then
    assert response.status_code == 204
    key = f"uploads/{client.tenant}/{upload['document_id']}/manual.pdf"
    head = cloud.s3.head_object(Bucket=BUCKET, Key=key)
    assert head["ContentType"] == "application/pdf"
    announced = datetime.fromisoformat(head["Metadata"].pop("announced"))
    assert before <= announced <= datetime.now(UTC)
    assert head["Metadata"] == {"tenant": client.tenant, "filename": "manual.pdf"}


@pytest.mark.parametrize("content", [b"", b"%PDF", b"%PDF-1"])
def test_a_form_takes_no_file_of_another_size(client: Client, content: bytes) -> None:
    upload = client.send("POST", "/upload", PDF).json
    assert post(upload, content).status_code in {400, 403}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "uploads/globex/0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11/manual.pdf"),
        ("Content-Type", "text/html"),
        ("x-amz-meta-tenant", "globex"),
        ("x-amz-meta-announced", "2999-01-01T00:00:00.000+00:00"),
    ],
)
def test_a_form_with_a_changed_field_is_refused(client: Client, field: str, value: str) -> None:
    upload = client.send("POST", "/upload", PDF).json
    assert post(upload, b"%PDF-", **{field: value}).status_code == 403


def test_an_upload_is_awaited_until_it_comes(client: Client) -> None:
    # given
    upload = client.send("POST", "/upload", PDF)
    # when
    status = client.send("GET", f"/upload/{upload.json['document_id']}")
    # then
    assert (upload.status, status.status) == (201, 200)
    assert upload.json["max_size_bytes"] == 5
    assert status.json["status"] == "awaiting_upload"
    assert status.json["filename"] == "manual.pdf"


def test_a_file_that_arrived_is_received_before_anybody_has_looked_at_it(
    client: Client, cloud: Cloud
) -> None:
    # given
    upload = client.send("POST", "/upload", PDF).json
    path = f"/upload/{upload['document_id']}"
    # when
    post(upload, b"%PDF-")
    arrived = client.send("GET", path).json["status"]
    version = cloud.s3.head_object(Bucket=BUCKET, Key=upload["fields"]["key"])["VersionId"]
    cloud.documents.update_item(
        Key=Document(client.tenant, upload["document_id"]).record_key,
        UpdateExpression="SET #s = :ready, live_version = :live, object_version = :version",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={":ready": "ready", ":live": "a", ":version": version},
    )
    done = client.send("GET", path).json["status"]
    post(upload, b"%PDF-")
    replaced = client.send("GET", path).json["status"]
    # then
    assert (arrived, done, replaced) == ("received", "ready", "received")


@pytest.mark.parametrize("told", ["seen", UNSEEN])
def test_a_file_that_failed_before_its_work_began_does_not_wait(
    client: Client, cloud: Cloud, told: str
) -> None:
    # given
    upload = client.send("POST", "/upload", PDF).json
    path = f"/upload/{upload['document_id']}"
    post(upload, b"%PDF-")
    version = cloud.s3.head_object(Bucket=BUCKET, Key=upload["fields"]["key"])["VersionId"]
    # when
    cloud.documents.update_item(
        Key=Document(client.tenant, upload["document_id"]).record_key,
        UpdateExpression="SET #s = :failed, reason = :reason, object_version = :version",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={
            ":failed": "failed",
            ":reason": "Why.",
            ":version": version if told == "seen" else told,
        },
    )
    shown = client.send("GET", path).json
    # then
    assert (shown["status"], shown["reason"]) == ("failed", "Why.")


def test_the_same_file_name_is_the_same_document_of_a_tenant_only(client: Client) -> None:
    # when
    first = client.send("POST", "/upload", PDF).json
    second = client.send("POST", "/upload", PDF).json
    other = client.as_tenant(new_tenant()).send("POST", "/upload", PDF).json
    # then
    assert first["document_id"] == second["document_id"] != other["document_id"]


def test_a_document_keeps_its_key_when_a_file_of_another_name_replaces_it(client: Client) -> None:
    # given
    first = client.send("POST", "/upload", PDF).json
    renamed = {**PDF, "filename": "manual v2.pdf", "document_id": first["document_id"]}
    # when
    second = client.send("POST", "/upload", renamed).json
    # then
    assert second["fields"]["key"] == first["fields"]["key"]
    assert second["fields"]["x-amz-meta-filename"] == "manual%20v2.pdf"


def test_another_tenants_document_can_neither_be_seen_nor_replaced(client: Client) -> None:
    # given
    document_id = client.send("POST", "/upload", PDF).json["document_id"]
    stranger = client.as_tenant(new_tenant())
    # when
    seen = stranger.send("GET", f"/upload/{document_id}")
    replaced = stranger.send("POST", "/upload", {**PDF, "document_id": document_id})
    # then
    assert (seen.status, replaced.status) == (404, 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"filename": "../manual.pdf"}, "filename"),
        ({"filename": "a\\b.pdf"}, "filename"),
        ({"filename": "a\nb.pdf"}, "filename"),
        ({"filename": "ä" * 130 + ".pdf"}, "filename"),
        ({"filename": "program.exe"}, "filename"),
        ({"filename": "manual"}, "filename"),
        ({"filename": 5}, "filename"),
        ({"content_type": "text/html"}, "content_type"),
        ({"size_bytes": 0}, "size_bytes"),
        ({"size_bytes": 1_000_001}, "size_bytes"),
        ({"size_bytes": "5"}, "size_bytes"),
        ({"document_id": "../../etc"}, "document_id"),
        ({"tenant": "globex"}, "tenant"),
    ],
)
def test_bad_input_gets_a_problem_that_names_its_field(
    client: Client, change: dict[str, Any], field: str
) -> None:
    # when
    answer = client.send("POST", "/upload", {**PDF, **change})
    # then
    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert answer.json["correlation_id"] == "request-1"


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"'])
def test_what_is_no_json_object_is_refused(client: Client, body: str) -> None:
    answer = client.send("POST", "/upload", body)
    assert answer.status == 400
    assert answer.json["errors"][0]["field"] == "body"


def test_a_file_name_of_any_script_is_welcome(client: Client) -> None:
    # given
    name = "Übersicht für Zoë, 手順書.pdf"
    # when
    upload = client.send("POST", "/upload", {**PDF, "filename": name}).json
    # then
    assert upload["document_id"] == named(client.tenant, name).document_id
    assert post(upload, b"%PDF-").status_code == 204


def test_a_request_without_a_verified_identity_is_refused(handler: Handler) -> None:
    assert Client(handler, tenant="").send("GET", "/upload/x").status == 401
    assert Client(handler, tenant="Acme/..").send("GET", "/upload/x").status == 401


def test_only_allowed_origins_get_cors_headers(client: Client) -> None:
    # when
    allowed = client.send("GET", "/upload/x", headers={"Origin": "https://app.example.com"})
    other = client.send("GET", "/upload/x", headers={"Origin": "https://evil.example.com"})
    # then
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    assert "Access-Control-Allow-Origin" not in other.headers
