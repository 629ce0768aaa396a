"""What Lambda refuses and how it words it is the same here."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rampart_local.deploy import Deployment, FunctionError
from rampart_local.executor.batches import settled, source_of
from rampart_local.executor.functions import Outcome

MEGABYTE = 1024 * 1024
OWN = "/tmp/own"  # noqa: S108  # what functions call their own folder


@pytest.mark.parametrize(
    ("event", "kind", "message"),
    [
        ({"exit": 0}, "Runtime.ExitError", r"Error: Runtime exited without providing a reason$"),
        ({"exit": 3}, "Runtime.ExitError", r"Error: Runtime exited with error: exit status 3$"),
        ({"signal": 9}, "Runtime.ExitError", r"exited with error: signal: killed$"),
        ({"signal": 11}, "Runtime.ExitError", r"exited with error: signal: segmentation fault$"),
        ({"signal": 15}, "Runtime.ExitError", r"exited with error: signal: terminated$"),
        ({"recurse": True}, "RecursionError", r"maximum recursion depth exceeded"),
        (
            {"bytes": 6_291_556},
            "Function.ResponseSizeTooLarge",
            r"\(\d+ bytes\) exceeded maximum allowed payload size \(6291556 bytes\)\.",
        ),
    ],
)
def test_an_end_is_worded_as_lambda_words_it(
    cloud: Deployment, event: dict[str, Any], kind: str, message: str
) -> None:
    # when
    with pytest.raises(FunctionError, match=message) as caught:
        cloud.invoke("worker", event)

    # then
    assert caught.value.kind == kind


def test_the_longest_answer_that_lambda_hands_on_is_handed_on(cloud: Deployment) -> None:
    # given: an answer of just the limit, its quotes included
    answer = "x" * (6_291_556 - 2)

    # then
    assert cloud.invoke("hasty", {"answer": answer[: 6 * MEGABYTE - 100]})


def test_a_handler_sees_the_arguments_that_it_has_on_aws(cloud: Deployment) -> None:
    # then
    assert cloud.invoke("worker", {})["arguments"] == ["/var/runtime/bootstrap.py"]


@pytest.mark.parametrize(
    ("asynchronous", "payload", "status", "code"),
    [
        (False, b'"' + b"x" * 6 * MEGABYTE + b'"', 413, "RequestTooLargeException"),
        (True, b'"' + b"x" * MEGABYTE + b'"', 413, "RequestTooLargeException"),
        (False, b"{nope", 400, "InvalidRequestContentException"),
    ],
)
def test_a_request_that_lambda_does_not_take_reaches_no_function(
    cloud: Deployment, *, asynchronous: bool, payload: bytes, status: int, code: str
) -> None:
    # when
    with pytest.raises(ClientError) as caught:
        cloud.clients.lambda_.invoke(
            FunctionName="hasty",
            InvocationType="Event" if asynchronous else "RequestResponse",
            Payload=payload,
        )

    # then
    assert caught.value.response.get("Error", {}).get("Code") == code
    answered_with = caught.value.response.get("ResponseMetadata", {})
    assert answered_with.get("HTTPStatusCode") == status


RECORDS = [
    {"messageId": each, "eventSource": "aws:sqs", "eventSourceARN": "arn:q"} for each in ("a", "b")
]


@pytest.mark.parametrize(
    "answer",
    [
        "text",
        ["a"],
        7,
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"itemIdentifier": "c"}]},
        {"batchItemFailures": [{"itemId": "a"}]},
        {"batchItemFailures": ["a"]},
        {"batchItemFailures": {"itemIdentifier": "a"}},
    ],
)
def test_an_answer_of_a_batch_that_cannot_be_read_fails_all_of_it(answer: object) -> None:
    # then
    assert settled({"Records": RECORDS}, answered(answer)).failed


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (None, []),
        ({}, []),
        ({"batchItemFailures": None}, []),
        ({"batchItemFailures": []}, []),
        ({"batchItemFailures": [{"itemIdentifier": "b"}]}, ["b"]),
    ],
)
def test_an_answer_of_a_batch_names_what_is_tried_again(answer: object, failed: list[str]) -> None:
    # when
    outcome = settled({"Records": RECORDS}, answered(answer))

    # then
    assert not outcome.failed
    listed = json.loads(outcome.body)["batchItemFailures"]
    assert [each["itemIdentifier"] for each in listed] == failed


def test_only_what_comes_from_a_queue_or_a_stream_is_a_batch() -> None:
    # then
    assert source_of({"Records": RECORDS}) == "arn:q"
    assert source_of({"Records": [{"eventSource": "aws:s3"}]}) == ""
    assert source_of({"Records": []}) == ""
    assert source_of(["Records"]) == ""


@pytest.mark.parametrize(("answer", "again"), [("unreadable", True), (None, False)])
def test_a_message_comes_again_after_an_unreadable_answer_and_not_after_none(
    cloud: Deployment, answer: object, *, again: bool
) -> None:
    # given
    body = json.dumps({"partial": answer})

    # when
    cloud.clients.sqs.send_message(QueueUrl=cloud.exports["batches"], MessageBody=body)

    # then
    deadline = time.monotonic() + 15
    while not heard(cloud, f"received {body} {2 if again else 1}"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    if not again:
        time.sleep(2)
        assert not heard(cloud, f"received {body} 2")
    cloud.clients.sqs.purge_queue(QueueUrl=cloud.exports["batches"])


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a mount namespace, which root has")
def test_the_task_root_is_read_only_and_tmp_is_the_environments_own(cloud: Deployment) -> None:
    # given
    environment = cloud.invoke("worker", {})["environment"]

    # when
    with pytest.raises(FunctionError, match="Read-only file system") as caught:
        cloud.invoke("worker", {"write": f"{environment['LAMBDA_TASK_ROOT']}/x"})
    first = cloud.invoke("worker", {"write": OWN})
    again = cloud.invoke("worker", {"write": OWN})
    other = cloud.invoke("hasty", {"write": OWN})

    # then
    assert caught.value.kind == "OSError"
    # What a later invocation finds depends on whether the environment is the same.
    assert first["length"] == 1
    assert again["length"] in {1, 2}
    assert other["length"] == 1
    assert not Path(OWN).exists()
    assert "TMPDIR" not in environment


def heard(cloud: Deployment, line: str) -> bool:
    return any(line in text for _, text in cloud.logs)


def answered(answer: object) -> Outcome:
    return Outcome(body=json.dumps(answer).encode(), failed=False, log="")
