"""Messages of a real queue, remembered in a real table."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
from pydantic import ValidationError

from runtime.knowledge.document_processor.events import changes_in
from runtime.knowledge.document_processor.messages import Messages
from runtime.knowledge.document_processor.ports import NotNowError
from runtime.shared.documents import Document, named
from runtime.shared.errors import UnavailableError
from runtime.shared.redelivery import MOST_COPIES, Redelivery, pause_seconds
from tests.runtime.knowledge.cloud import Cloud, Context, new_tenant

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from runtime.knowledge.document_processor.core import DocumentProcessor, Outcome
    from runtime.knowledge.document_processor.ports import Delivery

TEST_EVENT = '{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "documents"}'
RECEIVES = 3


@dataclass
class Processor:
    """Notes what it was asked, and fails as often as told."""

    failures: list[Exception] = field(default_factory=list[Exception])
    meanwhile: Callable[[], None] | None = None
    deliveries: list["tuple[Document, str, Delivery]"] = field(default_factory=list)

    def process(self, document: Document, key: str, delivery: "Delivery") -> "list[Outcome]":
        self.deliveries.append((document, key, delivery))
        if self.meanwhile:
            self.meanwhile()
        if self.failures:
            raise self.failures.pop(0)
        return ["published"]


@pytest.fixture
def processor() -> Processor:
    return Processor()


@pytest.fixture
def messages(cloud: Cloud, processor: Processor) -> Messages:
    return reader(processor, Redelivery(cloud.sqs))


def reader(processor: Processor, redelivery: Redelivery) -> Messages:
    return Messages(
        documents=cast("DocumentProcessor", processor),
        redelivery=redelivery,
        seen=DynamoDBPersistenceLayer("idempotency"),
        max_receives=RECEIVES,
    )


def notification(key: str, sequencer: str = "0055", event: str = "ObjectCreated:Post") -> str:
    about = {"key": key, "versionId": "v1", "sequencer": sequencer, "size": 3}
    return json.dumps({"Records": [{"eventName": event, "s3": {"object": about}}]})


def received(cloud: Cloud, body: str, receives: int = 1) -> SQSRecord:
    """Send a message and return it as the event source mapping would hand it over."""
    cloud.sqs.send_message(QueueUrl=cloud.queue_url, MessageBody=body)
    return next_of(cloud, receives)


def next_of(cloud: Cloud, receives: int | None = None) -> SQSRecord:
    """Take the next message; `receives` is what it shall say of itself."""
    got = cloud.sqs.receive_message(
        QueueUrl=cloud.queue_url,
        VisibilityTimeout=3600,
        WaitTimeSeconds=2,
        AttributeNames=["ApproximateReceiveCount"],
        MessageAttributeNames=["All"],
    )["Messages"][0]
    counted = got.get("Attributes", {}).get("ApproximateReceiveCount")
    return SQSRecord(
        {
            "messageId": got.get("MessageId"),
            "receiptHandle": got.get("ReceiptHandle"),
            "body": got.get("Body"),
            "attributes": {"ApproximateReceiveCount": str(receives or counted)},
            "messageAttributes": {
                name: {"stringValue": value.get("StringValue"), "dataType": value["DataType"]}
                for name, value in got.get("MessageAttributes", {}).items()
            },
            "eventSourceARN": "arn:aws:sqs:eu-central-1:000000000000:uploads",
        }
    )


def handle(messages: Messages, record: SQSRecord) -> None:
    messages.handle(record, cast("LambdaContext", Context(seconds=600)))


def test_a_change_reaches_its_document_with_its_delivery(
    messages: Messages, processor: Processor, cloud: Cloud
) -> None:
    # given
    document = named(new_tenant(), "ein handbuch+.md")
    key = document.upload_key("ein handbuch+.md")
    # when
    encoded = key.replace("+", "%2B").replace(" ", "+")
    handle(messages, received(cloud, notification(encoded), receives=RECEIVES))
    # then
    [(found, found_key, delivery)] = processor.deliveries
    assert (found, found_key) == (document, key)
    assert (delivery.attempt, delivery.is_last) == (3, True)
    assert delivery.dies_at == pytest.approx(time.time() + 600, abs=5)


def test_a_repeated_event_is_recognised_and_another_one_is_not(
    messages: Messages, processor: Processor, cloud: Cloud
) -> None:
    # given
    key = named(new_tenant(), "a.md").upload_key("a.md")
    # when
    handle(messages, received(cloud, notification(key)))
    handle(messages, received(cloud, notification(key)))
    handle(messages, received(cloud, notification(key, sequencer="0056")))
    # then
    assert len(processor.deliveries) == 2


def test_a_failed_event_is_delivered_again_after_a_short_pause(
    messages: Messages, processor: Processor, cloud: Cloud
) -> None:
    # given
    processor.failures = [UnavailableError("down")]
    record = received(cloud, notification(named(new_tenant(), "b.md").upload_key("b.md")))
    # when
    with pytest.raises(UnavailableError):
        handle(messages, record)
    # then
    again = cloud.sqs.receive_message(QueueUrl=cloud.queue_url, WaitTimeSeconds=10)["Messages"][0]
    assert again.get("MessageId") == record.message_id
    handle(messages, record)
    assert len(processor.deliveries) == 2
    cloud.sqs.delete_message(QueueUrl=cloud.queue_url, ReceiptHandle=again.get("ReceiptHandle", ""))


@pytest.mark.parametrize("receives", [1, RECEIVES])
def test_a_message_whose_turn_it_is_not_comes_again_as_new_however_often_it_waits(
    messages: Messages, processor: Processor, cloud: Cloud, receives: int
) -> None:
    # given
    body = notification(named(new_tenant(), "w.md").upload_key("w.md"))
    processor.failures = [NotNowError("another delivery works on it", 0)]
    # when
    handle(messages, received(cloud, body, receives))
    # then
    again = next_of(cloud)
    assert again.body == body
    assert again.attributes.approximate_receive_count == "1"
    handle(messages, again)
    assert [attempt.attempt for _, _, attempt in processor.deliveries] == [receives, 1]


@pytest.mark.parametrize("receives", [1, RECEIVES])
def test_a_duplicate_that_comes_while_the_event_is_applied_is_neither_done_nor_failed(
    messages: Messages,
    processor: Processor,
    cloud: Cloud,
    receives: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    monkeypatch.setattr("runtime.knowledge.document_processor.messages.BUSY_SECONDS", 0)
    body = notification(named(new_tenant(), "d.md").upload_key("d.md"))
    processor.meanwhile = lambda: handle(messages, received(cloud, body, receives))
    # when
    handle(messages, received(cloud, body))
    # then
    again = next_of(cloud)
    assert (again.body, len(processor.deliveries)) == (body, 1)
    handle(messages, again)
    assert len(processor.deliveries) == 1  # recognised


def test_no_message_is_put_back_without_end(
    messages: Messages, processor: Processor, cloud: Cloud
) -> None:
    # given
    processor.failures = [NotNowError("another delivery works on it", 0)] * (MOST_COPIES + 1)
    record = received(cloud, notification(named(new_tenant(), "c.md").upload_key("c.md")))
    # when
    for _ in range(MOST_COPIES):
        handle(messages, record)
        record = next_of(cloud)
    # then
    with pytest.raises(UnavailableError, match="its turn never came"):
        handle(messages, record)


def test_a_message_that_cannot_be_put_back_fails(
    processor: Processor, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    def refuse(record: SQSRecord, seconds: int) -> None:
        raise UnavailableError(f"{record.message_id} {seconds}")

    redelivery = Redelivery(cloud.sqs)
    monkeypatch.setattr(redelivery, "begin_anew", refuse)
    processor.failures = [NotNowError("another delivery works on it", 0)]
    body = notification(named(new_tenant(), "f.md").upload_key("f.md"))
    # when, then
    with pytest.raises(UnavailableError):
        handle(reader(processor, redelivery), received(cloud, body))


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    assert [pause_seconds(attempt, 0.0) for attempt in (1, 2, 3, 20)] == [5, 10, 20, 900]
    assert pause_seconds(2, 1.0) == 12


def test_an_object_that_is_no_document_is_ignored(
    messages: Messages, processor: Processor, cloud: Cloud
) -> None:
    handle(messages, received(cloud, notification("uploads/acme/readme.txt")))
    assert processor.deliveries == []


def test_the_event_s3_sends_to_test_the_queue_changes_nothing() -> None:
    assert changes_in(TEST_EVENT) == []


def test_a_message_that_is_no_s3_event_fails() -> None:
    with pytest.raises(ValidationError):
        changes_in('{"hello": "world"}')
