"""Records of documents: created, read, changed by who has seen them, listed, deleted whole."""

from tests.end_to_end.knowledge import Knowledge, digest, problem, wait_for
from tests.end_to_end.laptop import Laptop


def test_a_record_is_created_and_read(acme: Knowledge) -> None:
    # when
    created = acme.request("POST", "/crud", json={"title": "Plans", "tags": ["2027"]})

    # then
    assert (created.status_code, created.headers["ETag"]) == (201, '"1"')
    document_id = created.json()["document_id"]
    assert created.headers["Location"].endswith(f"crud/{document_id}")
    read = acme.request("GET", f"/crud/{document_id}")
    assert (read.json(), read.headers["ETag"]) == (created.json(), '"1"')


def test_the_same_request_sent_twice_creates_one_record(acme: Knowledge) -> None:
    # given
    headers = {"Idempotency-Key": "sent-twice"}

    # when
    first = acme.json("POST", "/crud", json={"title": "Once"}, headers=headers)
    again = acme.json("POST", "/crud", json={"title": "Once"}, headers=headers)
    other = acme.request("POST", "/crud", json={"title": "Twice"}, headers=headers)

    # then
    assert again == first
    assert problem(other, 422)["errors"][0]["field"] == "Idempotency-Key"


def test_only_who_has_seen_a_record_may_change_it(acme: Knowledge) -> None:
    # given
    record = acme.json("POST", "/crud", json={"title": "Draft"})
    path = f"/crud/{record['document_id']}"

    # when
    blind = acme.request("PUT", path, json={"title": "Blind"})
    seen = acme.request("PUT", path, json={"title": "Final"}, headers={"If-Match": '"1"'})
    late = acme.request("PUT", path, json={"title": "Late"}, headers={"If-Match": '"1"'})

    # then
    problem(blind, 428)
    assert (seen.status_code, seen.json()["title"], seen.headers["ETag"]) == (200, "Final", '"2"')
    problem(late, 412)
    assert acme.json("GET", path)["title"] == "Final"


def test_a_list_comes_page_by_page_and_names_each_record_once(laptop: Laptop) -> None:
    # given: a tenant of its own
    knowledge = laptop.tenant("initech")
    created = {
        knowledge.json("POST", "/crud", json={"title": f"No. {number}"})["document_id"]
        for number in range(5)
    }

    # when
    pages, cursor = [knowledge.json("GET", "/crud?limit=2")], ""
    while cursor := pages[-1].get("next_cursor"):
        pages.append(knowledge.json("GET", "/crud", params={"limit": 2, "cursor": cursor}))

    # then
    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    listed = [each["document_id"] for page in pages for each in page["items"]]
    assert set(listed) == created


def test_processing_leaves_what_a_user_wrote_and_a_user_what_was_processed(
    acme: Knowledge,
) -> None:
    # given
    document_id = acme.add("weir.md", b"# Weir\n\nThe weir was rebuilt in 1911.\n")
    path = f"/crud/{document_id}"
    etag = acme.request("GET", path).headers["ETag"]

    # when
    body = {"title": "The weir", "tags": ["river"]}
    changed = acme.json("PUT", path, json=body, headers={"If-Match": etag})
    acme.add("weir.md", b"# Weir\n\nThe weir was rebuilt in 1912.\n")

    # then
    assert (changed["status"], changed["filename"]) == ("ready", "weir.md")
    record = acme.json("GET", path)
    assert (record["title"], record["tags"]) == ("The weir", ["river"])


def test_deleting_a_document_removes_every_trace_of_it(laptop: Laptop, acme: Knowledge) -> None:
    # given
    content = b"# Quarry\n\nThe quarry of Elm Hill closes on the third of June.\n"
    question = "When does the quarry of Elm Hill close?"
    document_id = acme.add("quarry.md", content)
    laptop.processed(document_id)
    assert "third of June" in acme.ask(question)["answer"]
    assert 0 not in laptop.traces("acme", document_id).values()
    since = len(laptop.lines)

    # when
    response = acme.request("DELETE", f"/crud/{document_id}")

    # then: for readers at once
    assert response.status_code == 204
    problem(acme.request("GET", f"/crud/{document_id}"), 404)
    assert "third of June" not in acme.ask(question)["answer"]

    # and in the stores when the event of the deleted object has been worked on
    # Erasing its versions sets off further events, which find nothing to do.
    wait_for(lambda: "removed" in laptop.processed(document_id, since) or None, "removal")
    wait_for(lambda: not any(laptop.traces("acme", document_id).values()) or None, "empty stores")
    assert laptop.nodes("acme", document_id, digest(content)) == 0

    # and the receipt says so of every store
    receipt = acme.json("GET", f"/crud/{document_id}/deletion")
    assert receipt["state"] == "done"
    assert {store["after"] for store in receipt["stores"].values()} == {0}
    held = {name for name, store in receipt["stores"].items() if store["before"]}
    assert {"graph", "markdown", "quotations", "table", "uploads", "vectors"} <= held
