"""Records over the function's HTTP edge, in a real table."""

import importlib
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.knowledge.dynamodb_crud_handler.paging import cursor_after, document_before
from tests.runtime.knowledge.cloud import BUCKET, Client, Cloud, Handler, new_tenant

RECORD = {
    "title": "Manual",
    "description": "How to descale",
    "tags": ["coffee"],
    "attributes": {"shelf": "B2"},
}


@pytest.fixture(scope="module")
def handler(cloud: Cloud) -> Handler:  # noqa: ARG001
    return importlib.import_module("runtime.knowledge.dynamodb_crud_handler.handler").handler


@pytest.fixture
def client(handler: Handler) -> Client:
    return Client(handler, tenant=new_tenant())


def created(client: Client, **changes: object) -> dict[str, Any]:
    answer = client.send("POST", "/crud", {**RECORD, **changes})
    assert answer.status == 201, answer.text
    return answer.json


def path_of(record: dict[str, Any]) -> str:
    return f"/crud/{record['document_id']}"


def test_a_created_record_can_be_read(client: Client) -> None:
    # given
    record = created(client)
    # when
    answer = client.send("GET", path_of(record))
    # then
    assert answer.json == record
    assert {name: record[name] for name in RECORD} == RECORD
    assert (record["revision"], record["created_by"]) == (1, "user-1")
    assert answer.headers["ETag"] == '"1"'


def test_a_created_record_is_where_its_location_says_under_any_stage(client: Client) -> None:
    # when
    answer = client.send("POST", "/crud", RECORD)
    # then
    base = "https://api.example.com/dev/crud"
    assert urljoin(base, answer.headers["Location"]) == f"{base}/{answer.json['document_id']}"


def test_an_update_replaces_the_users_fields_and_counts_the_revision(client: Client) -> None:
    # given
    record = created(client)
    # when
    answer = client.send(
        "PUT", path_of(record), {"title": "New", "tags": []}, headers={"If-Match": '"1"'}
    )
    # then
    assert answer.status == 200
    assert (answer.json["title"], answer.json["attributes"], answer.json["tags"]) == ("New", {}, [])
    assert "description" not in answer.json
    assert answer.headers["ETag"] == '"2"'


def test_an_update_of_a_revision_that_is_gone_changes_nothing(client: Client) -> None:
    # given
    record = created(client)
    first = client.send("PUT", path_of(record), {"title": "A"}, headers={"If-Match": '"1"'})
    # when
    second = client.send("PUT", path_of(record), {"title": "B"}, headers={"if-match": '"1"'})
    # then
    assert (first.status, second.status) == (200, 412)
    assert client.send("GET", path_of(record)).json["title"] == "A"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 428), ({"If-Match": "1"}, 400), ({"If-Match": 'W/"1"'}, 400), ({"If-Match": "*"}, 400)],
)
def test_an_update_must_say_which_revision_it_saw(
    client: Client, headers: dict[str, str], status: int
) -> None:
    record = created(client)
    assert client.send("PUT", path_of(record), {}, headers=headers).status == status


@pytest.mark.parametrize("field", ["status", "live_version", "revision", "created_by", "tenant"])
def test_fields_of_the_system_cannot_be_set(client: Client, field: str) -> None:
    # given
    record = created(client)
    # when
    answer = client.send("PUT", path_of(record), {field: "x"}, headers={"If-Match": '"1"'})
    # then
    assert answer.status == 400
    assert answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"tags": ["x"] * 21}, "tags"),
        ({"tags": ["ok", ""]}, "tags.1"),
        ({"attributes": {"k": 5}}, "attributes.k"),
        ({"attributes": {"k": "x" * 501}}, "attributes.k"),
    ],
)
def test_fields_have_limits(client: Client, change: dict[str, Any], field: str) -> None:
    answer = client.send("POST", "/crud", {**RECORD, **change})
    assert answer.status == 400
    assert answer.json["errors"][0]["field"] == field


def test_pages_follow_each_other_and_show_every_record_once(client: Client) -> None:
    # given
    ids = {created(client)["document_id"] for _ in range(5)}
    # when
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = client.send("GET", "/crud", query=query).json
        seen += [item["document_id"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        query = {"limit": "2", "cursor": page["next_cursor"]}
    # then
    assert (set(seen), len(seen)) == (ids, 5)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "not a cursor"}, "cursor"),
        ({"tenant": "globex"}, "tenant"),
    ],
)
def test_a_wrong_query_names_its_field(client: Client, query: dict[str, str], field: str) -> None:
    answer = client.send("GET", "/crud", query=query)
    assert (answer.status, answer.json["errors"][0]["field"]) == (400, field)


def test_a_cursor_of_another_tenant_shows_none_of_its_records(client: Client) -> None:
    # given
    for _ in range(3):
        created(client)
    cursor = client.send("GET", "/crud", query={"limit": "1"}).json["next_cursor"]
    stranger = client.as_tenant(new_tenant())
    mine = created(stranger)
    # when
    page = stranger.send("GET", "/crud", query={"cursor": cursor}).json
    # then
    assert {item["document_id"] for item in page["items"]} <= {mine["document_id"]}


def test_another_tenants_record_does_not_exist(client: Client) -> None:
    # given
    record = created(client)
    stranger = client.as_tenant(new_tenant())
    # when
    answers = [
        stranger.send("GET", path_of(record)),
        stranger.send("PUT", path_of(record), {}, headers={"If-Match": '"1"'}),
        stranger.send("DELETE", path_of(record)),
    ]
    # then
    assert [answer.status for answer in answers] == [404, 404, 404]
    assert client.send("GET", path_of(record)).status == 200


def test_a_deleted_record_is_gone_and_so_is_its_object(client: Client, cloud: Cloud) -> None:
    # given
    record = created(client)
    key = f"uploads/{client.tenant}/{record['document_id']}/manual.md"
    cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"text")
    cloud.documents.update_item(
        Key={"pk": client.tenant, "sk": f"DOC#{record['document_id']}"},
        UpdateExpression="SET object_key = :key",
        ExpressionAttributeValues={":key": key},
    )
    # when
    answer = client.send("DELETE", path_of(record), headers={"If-Match": '"1"'})
    # then
    assert (answer.status, answer.text) == (204, "")
    assert client.send("GET", path_of(record)).status == 404
    assert "Contents" not in cloud.s3.list_objects_v2(Bucket=BUCKET, Prefix=key)
    deletion = client.send("GET", f"{path_of(record)}/deletion")
    assert answer.headers["Location"] == f"crud/{record['document_id']}/deletion"
    assert (deletion.json["state"], deletion.json["requested_by"]) == ("pending", "user-1")


def test_a_record_without_a_file_has_its_receipt_at_once(client: Client) -> None:
    # given
    record = created(client)
    # when
    client.send("DELETE", path_of(record))
    # then
    receipt = client.send("GET", f"{path_of(record)}/deletion").json
    assert (receipt["state"], len(receipt["checksum"])) == ("done", 64)
    stranger = client.as_tenant(new_tenant())
    assert stranger.send("GET", f"{path_of(record)}/deletion").status == 404


def test_the_list_shows_which_file_has_arrived(client: Client, cloud: Cloud) -> None:
    # given
    record = created(client)
    key = f"uploads/{client.tenant}/{record['document_id']}/manual.md"
    cloud.documents.update_item(
        Key={"pk": client.tenant, "sk": f"DOC#{record['document_id']}"},
        UpdateExpression="SET object_key = :key",
        ExpressionAttributeValues={":key": key},
    )
    before = client.send("GET", "/crud").json["items"][0]["status"]
    # when
    cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"text")
    # then
    after = client.send("GET", "/crud").json["items"][0]["status"]
    one = client.send("GET", path_of(record)).json["status"]
    assert (before, after, one) == ("awaiting_upload", "received", "received")


def test_a_record_changed_since_is_not_deleted(client: Client) -> None:
    record = created(client)
    answer = client.send("DELETE", path_of(record), headers={"If-Match": '"7"'})
    assert answer.status == 412
    assert client.send("GET", path_of(record)).status == 200


def test_a_repeated_creation_with_the_same_key_creates_one_record(client: Client) -> None:
    # given
    key = {"Idempotency-Key": "retry-1"}
    # when
    first = client.send("POST", "/crud", RECORD, headers=key)
    again = client.send("POST", "/crud", RECORD, headers=key)
    # then
    assert first.json == again.json
    assert len(client.send("GET", "/crud").json["items"]) == 1


def test_a_key_belongs_to_one_body_and_one_user(client: Client) -> None:
    # given
    key = {"Idempotency-Key": "retry-1"}
    first = client.send("POST", "/crud", RECORD, headers=key)
    # when
    other_body = client.send("POST", "/crud", {"title": "Other"}, headers=key)
    colleague = client.as_tenant(client.tenant, subject="user-2")
    other_user = colleague.send("POST", "/crud", RECORD, headers=key)
    # then
    assert (other_body.status, other_user.status) == (422, 201)
    assert other_user.json["document_id"] != first.json["document_id"]


def test_an_unknown_path_is_a_problem_too(client: Client) -> None:
    answer = client.send("PATCH", "/crud/x")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


@given(st.uuids())
def test_a_cursor_leads_back_to_its_document(document: object) -> None:
    assert document_before(cursor_after(str(document))) == str(document)


@given(st.text())
def test_any_other_text_is_no_cursor_or_names_a_document(text: str) -> None:
    try:
        document_id = document_before(text)
    except ValueError:
        return
    assert len(document_id) == 36
