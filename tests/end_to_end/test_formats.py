"""Whatever the format: a document becomes ready and is answered from, or says why it cannot."""

from typing import Any

import pytest

from tests.end_to_end.knowledge import Knowledge, problem, send
from tests.end_to_end.laptop import Laptop
from tests.end_to_end.sample_files import SAMPLES, Sample, blank_pdf, long_text

UNREADABLE = {
    "torn.pdf": (b"%PDF-1.7\nthe rest was lost", "The content is not a readable PDF."),
    "spaces.txt": (b" \n\n \n", "The file has no content."),
    "renamed.docx": (b"%PDF-1.7 in truth", "The name says"),
    "picture.html": (
        b"<html><body><img src='x.png'></body></html>",
        "The document contains no text that can be read.",
    ),
    "blank.pdf": (blank_pdf(), "The document contains no text that can be read."),
}

Statuses = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def settled(acme: Knowledge) -> Statuses:
    """What became of every file, all uploaded before the first is waited for."""
    files = {sample.filename: sample.content() for sample in SAMPLES}
    files |= {name: content for name, (content, _) in UNREADABLE.items()}
    uploaded = {name: acme.upload(name, content) for name, content in files.items()}
    return {name: acme.settled(document_id) for name, document_id in uploaded.items()}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.filename)
def test_a_document_becomes_ready_and_is_answered_from_with_a_citation(
    acme: Knowledge, settled: Statuses, sample: Sample
) -> None:
    # given
    document = settled[sample.filename]
    assert (document["status"], document.get("reason")) == ("ready", None)

    # when
    answer = acme.ask(sample.question, top_k=1)

    # then
    assert sample.fact in answer["answer"]
    best = answer["citations"][0]
    assert (best["document_id"], best["filename"]) == (document["document_id"], sample.filename)
    assert sample.fact in best["quote"]


@pytest.mark.parametrize(
    ("filename", "page", "headings"), [("pump.pdf", 1, []), ("orchard.md", None, ["Orchard"])]
)
def test_a_citation_says_where_its_passage_stands(
    acme: Knowledge, settled: Statuses, filename: str, page: int | None, headings: list[str]
) -> None:
    # given
    assert settled[filename].get("pages") == page
    (sample,) = [each for each in SAMPLES if each.filename == filename]

    # when
    best = acme.ask(sample.question, top_k=1)["citations"][0]

    # then
    assert (best.get("page"), best["headings"]) == (page, headings)


@pytest.mark.parametrize("filename", UNREADABLE)
def test_a_document_that_cannot_be_read_fails_with_a_reason_people_understand(
    settled: Statuses, filename: str
) -> None:
    document = settled[filename]
    assert document["status"] == "failed"
    assert document["reason"].startswith(UNREADABLE[filename][1])
    assert document.get("live_version") is None


def test_a_document_that_fits_into_no_message_travels_by_signed_urls(
    laptop: Laptop, acme: Knowledge
) -> None:
    # when
    document_id = acme.add("encyclopedia.md", long_text("encyclopedia"))

    # then: every content waited in the folder of its caller, and nowhere else
    prefix = f"work/acme/{document_id}/"
    found = laptop.cloud.clients.s3.list_objects_v2(Bucket=laptop.bucket, Prefix=prefix)
    names = {each.get("Key", "").rpartition("/")[2] for each in found.get("Contents", [])}
    assert names == {
        "markdown.json",
        "chunks.json",
        "00000-texts.json",
        "00000-vectors.json",
        "upsert.json",
        "graph.json",
    }


def test_an_empty_file_is_refused_by_its_field(acme: Knowledge) -> None:
    # when
    wanted = {"filename": "empty.txt", "content_type": "text/plain", "size_bytes": 0}
    response = acme.request("POST", "/upload", json=wanted)

    # then
    (error,) = problem(response, 400)["errors"]
    assert error["field"] == "size_bytes"


@pytest.mark.parametrize("content", [b"", b"twice as long"], ids=["empty", "longer"])
def test_s3_takes_no_file_of_another_size_than_was_announced(
    acme: Knowledge, content: bytes
) -> None:
    # given
    form = acme.form("announced.txt", b"six by")

    # when
    response = send(form, content)

    # then
    assert response.status_code == 400
    status = acme.json("GET", f"/upload/{form['document_id']}")
    assert status["status"] == "awaiting_upload"
