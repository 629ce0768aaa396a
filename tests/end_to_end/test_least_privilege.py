"""Every permission is needed: the cloud refuses what a function may no longer do.

What comes out at the API is a failure that is told, and nothing of why it failed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.end_to_end.knowledge import Knowledge, problem, send, wait_for
from tests.end_to_end.laptop import Laptop
from tests.end_to_end.sample_files import long_text

CONTENT = b"# Glacier\n\nThe glacier above the village moves nine metres in a year.\n"
INTERNAL = ("arn:", "Denied", "denied", "s3", "dynamodb", "lambda", "rampart", "Error", "policy")


def test_chat_that_may_not_invoke_embeddings_fails_and_tells_nothing_internal(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    function = "knowledge-chat-orchestrator"
    with laptop.without(function, "lambda:InvokeFunction", "sentence-transformer"):
        # when
        response = acme.request("POST", "/chat", json={"question": "Anything?"})

    # then
    denied(laptop, function, problem(response, 500), "lambda refused Invoke")
    assert acme.ask("And now?")["answer"]


def test_upload_that_may_not_write_the_table_hands_out_no_form(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    function = "knowledge-s3-unified-handler"
    wanted = {"filename": "refused.md", "content_type": "text/markdown", "size_bytes": 9}
    with laptop.without(function, "dynamodb:UpdateItem"):
        # when
        response = acme.request("POST", "/upload", json=wanted)

    # then
    denied(laptop, function, problem(response, 500), "dynamodb refused UpdateItem")
    assert acme.request("POST", "/upload", json=wanted).status_code == 201


def test_s3_takes_nothing_from_a_form_whose_signer_may_not_write_there(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given: forms are signed without asking S3, which then judges the signer
    form = acme.form("unwritten.md", CONTENT)
    with laptop.without("knowledge-s3-unified-handler", "s3:PutObject"):
        # when
        response = send(form, CONTENT)

    # then
    assert response.status_code == 403
    assert acme.json("GET", f"/upload/{form['document_id']}")["status"] == "awaiting_upload"


def test_records_that_may_not_delete_objects_delete_nothing_and_the_deletion_stays_pending(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    function = "knowledge-dynamodb-crud-handler"
    document_id = acme.add("glacier.md", CONTENT)
    before = laptop.traces("acme", document_id)
    with laptop.without(function, "s3:DeleteObject"):
        # when
        response = acme.request("DELETE", f"/crud/{document_id}")

    # then
    denied(laptop, function, problem(response, 500), "s3 refused DeleteObject")
    assert laptop.traces("acme", document_id) == before
    assert acme.json("GET", f"/crud/{document_id}")["status"] == "ready"
    assert acme.json("GET", f"/crud/{document_id}/deletion")["state"] == "pending"

    # and: asked again, it is deleted
    acme.json("DELETE", f"/crud/{document_id}")
    receipt = wait_for(lambda: done(acme, document_id), "receipt of the deletion")
    assert {store["after"] for store in receipt["stores"].values()} == {0}


def test_processing_that_may_not_write_markdown_fails_and_its_message_is_kept(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    function, since = "knowledge-document-processor", len(laptop.lines)
    with (
        dead_after_one_delivery(laptop) as dead,
        laptop.without(function, "s3:PutObject", "/markdown/"),
    ):
        # when
        document_id = acme.upload("moraine.md", CONTENT)
        status = acme.settled(document_id)
        message = wait_for(lambda: taken(laptop, dead, document_id), "message among the dead")

    # then
    assert status["status"] == "failed"
    assert status["reason"] == "The service is not set up completely."
    assert document_id in message
    refusals = [
        line
        for line in laptop.logged(function, since)
        if "s3 refused PutObject" in line.get("exception", "")
    ]
    assert {line.get("document_id") for line in refusals} == {document_id}

    # and: nothing of it can be found
    found = laptop.traces("acme", document_id)
    assert (found["vectors"], found["rows"], found["markdown"]) == (0, 0, 0)


def test_processing_that_may_not_read_the_upload_fails_the_document(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    with (
        dead_after_one_delivery(laptop) as dead,
        laptop.without("knowledge-document-processor", "s3:GetObjectVersion", "/uploads/"),
    ):
        # when
        document_id = acme.upload("crevasse.md", CONTENT)
        status = acme.settled(document_id)
        wait_for(lambda: taken(laptop, dead, document_id), "message among the dead")

    # then
    assert (status["status"], status["reason"]) == (
        "failed",
        "The service is not set up completely.",
    )


def test_a_library_leaves_results_with_the_permission_of_whoever_calls_it(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given: more text than a message carries
    since = len(laptop.lines)
    with (
        dead_after_one_delivery(laptop) as dead,
        laptop.without("knowledge-document-processor", "s3:PutObject", "/work/"),
    ):
        # when
        document_id = acme.upload("icefall.md", long_text("icefall"))
        status = acme.settled(document_id)
        wait_for(lambda: taken(laptop, dead, document_id), "message among the dead")

    # then: S3 refused the library, which said so to its caller
    assert (status["status"], status["reason"]) == (
        "failed",
        "The service is not set up completely.",
    )
    refused = [each for each in laptop.logged("library-docling", since) if "error" in each]
    assert [each["error"] for each in refused] == ["DeniedError"]
    assert "s3 refused the signed URL" in refused[0]["reason"]


def denied(laptop: Laptop, function: str, document: dict[str, Any], cause: str) -> None:
    """Hold that the problem hides what the log says: the cloud refused the call."""
    told = json.dumps(document)
    assert not [word for word in INTERNAL if word in told.replace(document["title"], "")], told

    def line() -> dict[str, Any] | None:
        lines = laptop.logged(function)
        mine = [each for each in lines if each.get("correlation_id") == document["correlation_id"]]
        return next((each for each in mine if "exception" in each), None)

    assert cause in wait_for(line, "line with the exception")["exception"]


def done(tenant: Knowledge, document_id: str) -> dict[str, Any] | None:
    """Return the receipt of a deletion once it is done."""
    found = tenant.json("GET", f"/crud/{document_id}/deletion")
    return found if found["state"] == "done" else None


@contextmanager
def dead_after_one_delivery(laptop: Laptop) -> Iterator[str]:
    """Give up messages at once while the block lasts; yields where they go."""
    sqs = laptop.cloud.clients.sqs
    answer = sqs.get_queue_attributes(QueueUrl=laptop.queue, AttributeNames=["RedrivePolicy"])
    before = answer.get("Attributes", {})["RedrivePolicy"]
    policy = json.loads(before)

    def put(redrive: str) -> None:
        sqs.set_queue_attributes(QueueUrl=laptop.queue, Attributes={"RedrivePolicy": redrive})

    put(json.dumps({**policy, "maxReceiveCount": 1}))
    try:
        yield sqs.get_queue_url(QueueName=policy["deadLetterTargetArn"].split(":")[-1])["QueueUrl"]
    finally:
        put(before)


def taken(laptop: Laptop, queue: str, document_id: str) -> str | None:
    """Take the message about a document out of a queue, if it is there."""
    sqs = laptop.cloud.clients.sqs
    for message in sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0).get("Messages", []):
        body = message.get("Body", "")
        if document_id in body:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message.get("ReceiptHandle", ""))
            return body
    return None
