"""Queues of the embedded AWS, and the functions that its messages are carried to."""

import datetime as dt
import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from rampart_local.clients import Clients
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Analysis, Embedding, Item

REGION, ACCOUNT, BUCKET, BUS = "eu-central-1", "111122223333", "gallery-images", "gallery"


STEPS = ("image_processor", "analyzer", "embedder")


ORIGINALS = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {
        "bucket": {"name": [BUCKET]},
        "object": {"key": [{"wildcard": f"*/originals/*.{end}"} for end in ("jpg", "png")]},
    },
}


class Context:
    """What a handler reads of Lambda's context."""

    function_name, memory_limit_in_mb, aws_request_id = "gallery", 512, "r-1"
    invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:gallery"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@dataclass
class Cloud:
    """The queues' addresses, the functions, and how to move messages between them."""

    clients: Clients
    database: Database
    queues: dict[str, str]
    dead: dict[str, str]
    functions: dict[str, ModuleType]
    archive: str
    visibility_seconds: int = 30

    def upload(self, name: str, content: bytes) -> UUID:
        key = ItemKey("acme", "ann", name)
        self.clients.s3.put_object(Bucket=BUCKET, Key=key.original, Body=content)
        return key.item_id

    def settle(self, quiet_seconds: float = 0.6) -> int:
        """Carry messages to the functions until none has come for a while; return how many."""
        last, carried = time.monotonic(), 0
        while time.monotonic() - last < quiet_seconds:
            moved = sum(self._move(step) for step in STEPS)
            carried += moved
            if moved:
                last = time.monotonic()
            else:
                time.sleep(0.05)
        return carried

    def _move(self, step: str) -> int:
        queue = self.queues[step]
        sqs: Any = self.clients.sqs  # its types call every field of a message optional
        messages = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            AttributeNames=["All"],
            VisibilityTimeout=self.visibility_seconds,
        ).get("Messages", [])
        if not messages:
            return 0
        records = [
            {
                "messageId": each["MessageId"],
                "receiptHandle": each["ReceiptHandle"],
                "body": each["Body"],
                "attributes": each["Attributes"],
                "eventSource": "aws:sqs",
            }
            for each in messages
        ]
        answer = self.functions[step].handler({"Records": records}, Context())
        failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        for each in messages:
            if each["MessageId"] not in failed:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        return len(messages)

    def statuses(self) -> dict[str, str]:
        with self.database.transaction("acme") as session:
            rows = session.execute(select(Item.filename, Item.status))
            return {row.filename: row.status for row in rows}

    def counts(self) -> tuple[int, int, int]:
        with self.database.transaction("acme") as session:
            items, analyses, embeddings = (
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in (Item, Analysis, Embedding)
            )
            return items, analyses, embeddings

    def dead_letters(self, step: str) -> list[tuple[str, str]]:
        messages = self.clients.sqs.receive_message(
            QueueUrl=self.dead[step], MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages", [])
        attributes = [each.get("MessageAttributes", {}) for each in messages]
        return [
            (each["error_type"]["StringValue"], each["reason"]["StringValue"])  # pyright: ignore[reportTypedDictNotRequiredAccess]  we wrote it
            for each in attributes
        ]

    def replay(self) -> None:
        now = dt.datetime.now(dt.UTC)
        events = self.clients.events
        bus = events.describe_event_bus(Name=BUS)["Arn"]
        events.start_replay(
            ReplayName="again",
            EventSourceArn=self.archive,
            EventStartTime=now - dt.timedelta(hours=1),
            EventEndTime=now + dt.timedelta(hours=1),
            Destination={"Arn": bus},
        )
