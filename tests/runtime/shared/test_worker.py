"""A message ends done, delivered again, or dead with its reason; never lost."""

import datetime as dt
import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from botocore.exceptions import ClientError
from pydantic import BaseModel

from runtime.shared.errors import RejectedError, UnavailableError
from runtime.shared.events import enveloped
from runtime.shared.queue import DeadLetters, Queue
from runtime.shared.redelivery import Redelivery
from runtime.shared.worker import GAVE_UP, Worker


class Event(BaseModel):
    name: str


@dataclass
class FakeStep:
    """Fails as told, and keeps what it was asked."""

    error: Exception | None = None
    cannot_note: bool = False
    ran: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    ends: list[dt.datetime] = field(default_factory=list[dt.datetime])
    failures: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def run(self, event: Event, trace_id: str) -> None:
        self.ran.append((event.name, trace_id))
        if self.error:
            raise self.error

    def expect_end(self, event: Event, until: dt.datetime) -> None:
        assert event.name
        self.ends.append(until)

    def fail(self, event: Event, reason: str) -> None:
        if self.cannot_note:
            raise UnavailableError("the database did not answer")
        self.failures.append((event.name, reason))


@dataclass
class FakeQueue:
    """The one SQS call that is needed."""

    sent: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    pauses: list[int] = field(default_factory=list[int])
    meta: Any = field(default_factory=lambda: SimpleNamespace(endpoint_url="https://sqs"))
    refuses: bool = False

    def change_message_visibility(self, **asked: Any) -> None:  # noqa: ANN401  # of boto3
        assert asked["QueueUrl"] == "https://sqs/123456789012/analyzed"
        if self.refuses:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "ChangeMessageVisibility")
        self.pauses.append(asked["VisibilityTimeout"])

    def send_message(self, **message: object) -> None:
        self.sent.append(message)

    def reasons(self) -> list[tuple[str, str]]:
        attributes = [each["MessageAttributes"] for each in self.sent]
        return [
            (each["error_type"]["StringValue"], each["reason"]["StringValue"])
            for each in attributes
        ]


class FakeContext:
    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def record(body: str, receive: int = 1, **attributes: str) -> SQSRecord:
    attributes["ApproximateReceiveCount"] = str(receive)
    arn = "arn:aws:sqs:eu-central-1:123456789012:analyzed"
    told = {"messageId": "m-1", "body": body, "eventSourceARN": arn, "receiptHandle": "r"}
    return SQSRecord({**told, "attributes": attributes})


BODY = json.dumps({"detail-type": "Something", "source": "x", "detail": {"name": "cat"}})


def handle(step: FakeStep, message: SQSRecord, queue: FakeQueue | None = None) -> FakeQueue:
    queue = queue or FakeQueue()
    dead_letters = DeadLetters(queue, "https://queue")  # pyright: ignore[reportArgumentType]  fake
    redelivery = Redelivery(queue)  # pyright: ignore[reportArgumentType]  fake
    logger, metrics = Logger(service="test"), Metrics(namespace="test", service="test")
    worker = Worker(step, enveloped(Event), Queue(dead_letters, redelivery, 3), logger, metrics)
    worker.handle(message, FakeContext())  # pyright: ignore[reportArgumentType]  fake
    return queue


def test_a_message_that_works_is_done() -> None:
    # given
    step = FakeStep()

    # when
    queue = handle(step, record(BODY))

    # then
    assert (step.ran, step.failures, queue.sent) == ([("cat", "m-1")], [], [])


def test_the_trace_that_sent_the_message_goes_with_it() -> None:
    # given
    step = FakeStep()

    # when
    handle(step, record(BODY, AWSTraceHeader="Root=1-abc-def;Parent=53995c3f42cd8ad8;Sampled=1"))

    # then
    assert step.ran == [("cat", "1-abc-def")]


def test_content_that_can_never_succeed_fails_at_once_with_its_reason() -> None:
    # given
    step = FakeStep(RejectedError("corrupt", "The image is damaged."))

    # when
    queue = handle(step, record(BODY))

    # then
    assert step.failures == [("cat", "The image is damaged.")]
    assert queue.reasons() == [("RejectedError", "corrupt: The image is damaged.")]
    assert queue.sent[0]["MessageBody"] == BODY


@pytest.mark.parametrize(("receive", "shortest", "longest"), [(1, 5, 6), (2, 10, 12)])
def test_anything_else_is_delivered_again_after_a_pause_that_grows(
    receive: int, shortest: int, longest: int
) -> None:
    # given
    step, queue = FakeStep(UnavailableError("429")), FakeQueue()

    # when, then
    with pytest.raises(UnavailableError):
        handle(step, record(BODY, receive), queue)
    assert (step.failures, step.ends) == ([], [])
    assert [shortest <= pause <= longest for pause in queue.pauses] == [True]


def test_a_pause_that_cannot_be_set_does_not_hide_why_the_message_failed() -> None:
    with pytest.raises(UnavailableError, match="no database"):
        handle(FakeStep(UnavailableError("no database")), record(BODY), FakeQueue(refuses=True))


def test_the_last_receive_ends_in_a_dead_letter_and_a_status_that_leaks_nothing() -> None:
    # given
    step = FakeStep(UnavailableError("10.0.0.7 refused"))

    # when
    queue = handle(step, record(BODY, receive=3))

    # then
    assert step.failures == [("cat", GAVE_UP)]
    assert queue.reasons() == [("UnavailableError", "10.0.0.7 refused")]


def test_before_the_last_attempt_its_end_is_noted_because_it_may_be_killed() -> None:
    # given
    step, before = FakeStep(), dt.datetime.now(dt.UTC)

    # when
    handle(step, record(BODY, receive=3))

    # then
    [end] = step.ends
    assert dt.timedelta(seconds=29) < end - before < dt.timedelta(seconds=35)


def test_a_status_that_cannot_be_written_does_not_cost_the_dead_letter() -> None:
    # given
    step = FakeStep(UnavailableError("no database"), cannot_note=True)

    # when
    queue = handle(step, record(BODY, receive=3))

    # then
    assert queue.reasons() == [("UnavailableError", "no database")]


@pytest.mark.parametrize("body", ["", "no json", "{}", '{"detail": {"nom": "cat"}}'])
def test_a_message_that_is_no_event_becomes_a_dead_letter_at_once(body: str) -> None:
    # given
    step = FakeStep()

    # when
    queue = handle(step, record(body))

    # then
    assert step.ran == []
    assert [kind for kind, _ in queue.reasons()] == ["InvalidRequestError"]


def test_a_long_reason_is_cut_to_what_a_message_may_carry() -> None:
    # given
    step = FakeStep(RejectedError("corrupt", "x" * 300_000))

    # when
    queue = handle(step, record(BODY))

    # then
    assert len(queue.reasons()[0][1]) == 1000
