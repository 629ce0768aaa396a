"""What belongs to one tenant does not exist for another."""

import pytest

from tests.end_to_end.knowledge import Knowledge, problem, send
from tests.end_to_end.laptop import Laptop

SECRET = b"# Merger\n\nThe merger with Initech is announced on the ninth of May.\n"
QUESTION = "When is the merger with Initech announced?"


@pytest.fixture(scope="module")
def document_id(acme: Knowledge) -> str:
    return acme.add("merger.md", SECRET)


def test_the_owner_finds_the_document(acme: Knowledge, document_id: str) -> None:
    assert "ninth of May" in acme.ask(QUESTION)["answer"]
    assert acme.json("GET", f"/crud/{document_id}")["document_id"] == document_id


def test_an_answer_never_rests_on_another_tenants_document(
    globex: Knowledge, document_id: str
) -> None:
    # given: a question that only a document of acme answers
    # when
    answer = globex.ask(QUESTION, top_k=20)

    # then
    cited = {each["document_id"] for each in [*answer["citations"], *answer["sources"]]}
    assert document_id not in cited
    assert "May" not in answer["answer"]


@pytest.mark.parametrize("call", ["GET /upload", "GET /crud", "PUT /crud", "DELETE /crud"])
def test_another_tenants_document_does_not_exist(
    acme: Knowledge, globex: Knowledge, document_id: str, call: str
) -> None:
    # given
    before = acme.json("GET", f"/crud/{document_id}")
    method, path = call.split()
    body = {"json": {"title": "Mine"}} if method == "PUT" else {}

    # when
    response = globex.request(method, f"{path}/{document_id}", headers={"If-Match": '"0"'}, **body)

    # then
    assert problem(response, 404)["detail"] == "There is no such document."
    assert acme.json("GET", f"/crud/{document_id}") == before


def test_a_new_version_of_another_tenants_document_cannot_be_uploaded(
    globex: Knowledge, document_id: str
) -> None:
    # when
    wanted = {"filename": "merger.md", "content_type": "text/markdown", "size_bytes": 9}
    response = globex.request("POST", "/upload", json={**wanted, "document_id": document_id})

    # then
    problem(response, 404)


def test_a_list_has_only_the_callers_documents(
    acme: Knowledge, globex: Knowledge, document_id: str
) -> None:
    # given
    own = globex.json("POST", "/crud", json={"title": "Ours"})["document_id"]

    # when
    listed = {each["document_id"] for each in globex.json("GET", "/crud?limit=100")["items"]}
    theirs = {each["document_id"] for each in acme.json("GET", "/crud?limit=100")["items"]}

    # then
    assert own in listed
    assert document_id not in listed
    assert own not in theirs


def test_another_tenants_conversation_does_not_exist(
    acme: Knowledge, globex: Knowledge, document_id: str
) -> None:
    # given
    session_id = acme.ask(QUESTION)["session_id"]
    assert document_id
    assert len(acme.json("GET", f"/chat/{session_id}")["messages"]) == 2

    # when
    response = globex.request("GET", f"/chat/{session_id}")

    # then
    problem(response, 404)


def test_the_same_session_id_is_another_conversation_in_another_tenant(
    acme: Knowledge, globex: Knowledge
) -> None:
    # given
    acme.ask("What is our secret?", session_id="shared-name")

    # when
    globex.ask("And what is ours?", session_id="shared-name")

    # then
    messages = globex.json("GET", "/chat/shared-name")["messages"]
    assert [each["content"] for each in messages if each["role"] == "user"] == ["And what is ours?"]


def test_one_file_name_is_a_document_of_its_own_in_each_tenant(
    acme: Knowledge, globex: Knowledge, document_id: str
) -> None:
    # when
    theirs = globex.form("merger.md", SECRET)["document_id"]

    # then
    assert theirs != document_id
    assert acme.form("merger.md", SECRET)["document_id"] == document_id


@pytest.mark.parametrize("field", ["key", "x-amz-meta-tenant", "Content-Type"])
def test_s3_refuses_a_form_that_was_changed(
    laptop: Laptop, globex: Knowledge, document_id: str, field: str
) -> None:
    # given: a form of globex, turned to a key or a name of acme
    form = globex.form("forged.md", SECRET)
    forged = {
        "key": f"uploads/acme/{document_id}/merger.md",
        "x-amz-meta-tenant": "acme",
        "Content-Type": "text/html",
    }
    before = laptop.traces("acme", document_id)

    # when
    response = send({**form, "fields": {**form["fields"], field: forged[field]}}, SECRET)

    # then
    assert response.status_code == 403
    assert "<Code>AccessDenied</Code>" in response.text
    assert laptop.traces("acme", document_id) == before
    assert laptop.traces("globex", form["document_id"])["uploads"] == 0
