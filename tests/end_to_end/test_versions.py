"""What happens when a document comes again: the same bytes, other bytes, the same event."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.end_to_end.knowledge import Knowledge, digest, wait_for
from tests.end_to_end.laptop import Laptop

LIBRARIES = ("docling", "sentence-transformer", "pinecone", "neo4j")
SECTIONS = ("Hull", "Mast", "Keel", "Galley")


def boat(colour: str) -> bytes:
    """A document of several chunks, each of which names the colour."""
    parts = [
        f"## {name}\n\nThe {name.lower()} of the ferry Nightingale is painted {colour}."
        for name in SECTIONS
    ]
    return "\n\n".join(["# Ferry", *parts]).encode()


def library_calls(laptop: Laptop, since: int) -> list[str]:
    names = {laptop.function(f"library-{name}") for name in LIBRARIES}
    return [function for function, _ in laptop.lines[since:] if function in names]


def test_the_same_bytes_again_change_nothing_and_call_no_library(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    content = b"# Lighthouse\n\nThe lighthouse flashes twice every nine seconds.\n"
    document_id = acme.add("lighthouse.md", content)
    laptop.processed(document_id)
    before, since = acme.settled(document_id), len(laptop.lines)

    # when
    acme.upload("lighthouse.md", content)
    outcomes = laptop.processed(document_id, since)

    # then
    after = acme.settled(document_id)
    assert outcomes == ["unchanged"]
    assert library_calls(laptop, since) == []
    assert {**after, "updated_at": ""} == {**before, "updated_at": ""}


def test_readers_see_the_old_version_or_the_new_one_and_never_some_of_both(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    document_id = acme.add("ferry.md", boat("amber"))
    laptop.processed(document_id)
    since = len(laptop.lines)

    # when: somebody asks all the while
    with asking(acme, "What colour is the ferry Nightingale painted?") as answers:
        acme.upload("ferry.md", boat("cobalt"))
        found = wait_for(lambda: _live(acme, document_id, boat("cobalt")), "new version")
        published = len(answers)
        wait_for(lambda: len(answers) > published + 1 or None, "answer from the new version")

    # then
    assert found["chunk_count"] == len(SECTIONS)
    colours = [seen_in(answer, document_id) for answer in answers]
    assert all(colour in ({"amber"}, {"cobalt"}) for colour in colours), colours
    assert colours == sorted(colours, key=lambda seen: seen == {"cobalt"})
    assert colours[-1] == {"cobalt"}

    # and: nothing of the old version is left in any store
    assert laptop.processed(document_id, since) == ["published"]
    assert laptop.traces("acme", document_id) == {
        "vectors": len(SECTIONS),
        "rows": len(SECTIONS),
        "markdown": 1,
        "uploads": 1,
    }
    assert laptop.nodes("acme", document_id, digest(boat("amber"))) == 0
    assert laptop.nodes("acme", document_id, digest(boat("cobalt"))) == len(SECTIONS)


def test_an_event_that_s3_sends_twice_changes_nothing(laptop: Laptop, acme: Knowledge) -> None:
    # given: the very event of an upload, caught on its way
    sqs = laptop.cloud.clients.sqs
    with nobody_listening(laptop):
        document_id = acme.upload("ballad.md", b"# Ballad\n\nThe ballad has eleven verses.\n")

        def arrived() -> str | None:
            peek = sqs.receive_message(QueueUrl=laptop.queue, VisibilityTimeout=0)
            bodies = [message.get("Body", "") for message in peek.get("Messages", [])]
            return next((body for body in bodies if document_id in body), None)

        event = wait_for(arrived, "event of the upload")
    assert acme.settled(document_id)["status"] == "ready"
    laptop.processed(document_id)
    before, since = acme.json("GET", f"/crud/{document_id}"), len(laptop.lines)

    # when
    sqs.send_message(QueueUrl=laptop.queue, MessageBody=event)
    wait_for(lambda: laptop.queue_is_empty() or None, "end of the second delivery")

    # then
    assert acme.json("GET", f"/crud/{document_id}") == before
    assert library_calls(laptop, since) == []


def seen_in(answer: dict[str, Any], document_id: str) -> set[str]:
    quotes = [each["quote"] for each in answer["citations"] if each["document_id"] == document_id]
    return {colour for colour in ("amber", "cobalt") for quote in quotes if colour in quote}


def _live(acme: Knowledge, document_id: str, content: bytes) -> dict[str, Any] | None:
    found = acme.json("GET", f"/upload/{document_id}")
    assert found["status"] != "failed", found
    return found if found["live_version"] == digest(content) else None


@contextmanager
def asking(knowledge: Knowledge, question: str) -> Iterator[list[dict[str, Any]]]:
    """Ask in a thread of its own while the block lasts; yields the answers so far."""
    answers, enough = [knowledge.ask(question)], threading.Event()

    def ask() -> None:
        while not enough.is_set():
            answers.append(knowledge.ask(question))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield answers
    finally:
        enough.set()
        thread.join()


@contextmanager
def nobody_listening(laptop: Laptop) -> Iterator[None]:
    """Keep messages in the queue while the block lasts."""
    aws = laptop.cloud.clients.lambda_
    mapping = laptop.resource(
        "aws:lambda/eventSourceMapping:EventSourceMapping", "knowledge-processing"
    )
    aws.update_event_source_mapping(UUID=mapping, Enabled=False)
    try:
        yield
    finally:
        aws.update_event_source_mapping(UUID=mapping, Enabled=True)
