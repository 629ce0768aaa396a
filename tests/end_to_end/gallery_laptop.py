"""The deployed Gallery as its operator sees it: queues, bucket, bus, tables, processes."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from rampart_local.deploy import Deployment
from runtime.gallery.shared.database import Database, DatabaseSettings, engine
from runtime.gallery.shared.login import SecretLogin
from runtime.gallery.shared.models import Analysis, Embedding, Item
from runtime.gallery.shared.parameters import Parameters
from tests.end_to_end.knowledge import wait_for
from tests.end_to_end.laptop import Line
from tests.end_to_end.pictures import Pictures

WORKERS = ("gallery-image-processor", "gallery-analyzer", "gallery-embedder")


@dataclass
class GalleryLaptop:
    """Gallery on the laptop cloud."""

    cloud: Deployment
    folder: Path
    """What the laptop cloud keeps."""
    lines: list[Line]
    """Everything the functions printed since the start."""

    def tenant(self, name: str) -> Pictures:
        return Pictures(
            self.cloud.exports["gallery_api_url"].rstrip("/"), self.cloud.token(name), name
        )

    def resource(self, type_: str, name: str) -> str:
        """Id of a resource."""
        return self.cloud.graph.one(type_, name).id

    @property
    def bucket(self) -> str:
        return self.resource("aws:s3/bucket:Bucket", "gallery-pictures-private")

    @cached_property
    def database(self) -> Database:
        """The database as the functions log in to it."""
        function = self.cloud.graph.one("aws:lambda/function:Function", "gallery-search")
        settings = DatabaseSettings.model_validate(function.inputs["environment"]["variables"])
        login = SecretLogin(self.cloud.clients.secretsmanager, settings.database_secret_arn)
        parameters = Parameters(self.cloud.clients.ssm)
        return Database(
            engine(settings, login, lambda: parameters.value(settings.database_ca_parameter))
        )

    def statuses(self, tenant: str) -> dict[str, int]:
        """Count a tenant's items by status."""
        with self.database.transaction(tenant) as session:
            rows = session.execute(select(Item.status, func.count()).group_by(Item.status))
            return {row[0]: row[1] for row in rows}

    def rows(self, tenant: str) -> tuple[int, int, int]:
        """Count a tenant's items, analyses and embeddings."""
        with self.database.transaction(tenant) as session:
            items, analyses, embeddings = (
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in (Item, Analysis, Embedding)
            )
            return items, analyses, embeddings

    def keys(self, prefix: str) -> list[str]:
        """List the bucket's keys."""
        pages = self.cloud.clients.s3.get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=self.bucket, Prefix=prefix)
        return [each.get("Key", "") for page in found for each in page.get("Contents", [])]

    def versions(self, prefix: str) -> list[str]:
        """List the keys of every version and delete marker."""
        pages = self.cloud.clients.s3.get_paginator("list_object_versions")
        found = pages.paginate(Bucket=self.bucket, Prefix=prefix)
        return [
            each.get("Key", "")
            for page in found
            for each in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        ]

    def dead(self, route: str) -> list[dict[str, Any]]:
        """Take the messages out of a route's dead letter queue."""
        url = self.resource("aws:sqs/queue:Queue", f"gallery-{route}-queue-dead")
        messages: list[dict[str, Any]] = []
        while True:
            answer: Any = self.cloud.clients.sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
            )
            for each in answer.get("Messages", []):
                messages.append(each)
                self.cloud.clients.sqs.delete_message(
                    QueueUrl=url, ReceiptHandle=each["ReceiptHandle"]
                )
            if not answer.get("Messages"):
                return messages

    def s3_event(self, tenant: str, item_id: str) -> dict[str, Any]:
        """Return the detail of the event with which an item's content came."""
        with self.database.transaction(tenant) as session:
            item = session.get_one(Item, UUID(item_id))
            content = {"key": item.file_path, "size": item.size_bytes, "etag": item.etag}
            return {
                "bucket": {"name": self.bucket},
                "object": {**content, "sequencer": item.sequencer},
            }

    def send(self, route: str, detail: dict[str, Any], times: int = 1) -> None:
        """Deliver an event to a route's queue, as the bus may do more than once."""
        url = self.resource("aws:sqs/queue:Queue", f"gallery-{route}-queue")
        for _ in range(times):
            self.cloud.clients.sqs.send_message(
                QueueUrl=url, MessageBody=json.dumps({"detail": detail})
            )

    def done(self, function: str) -> int:
        """Count the messages that a worker has taken through its step since the start."""
        name = self.resource("aws:lambda/function:Function", function)
        lines = [line for each, line in list(self.lines) if each == name and '"_aws"' in line]
        return sum(int(sum(json.loads(line).get("Done", []))) for line in lines)

    @contextmanager
    def doing(self, **more: int) -> Generator[None]:
        """Wait, at the end of the block, until workers have done so many messages more."""
        before = {name: self.done(name) for name in WORKERS}
        yield
        for part, count in more.items():
            name = f"gallery-{part.replace('_', '-')}"

            def reached(name: str = name, least: int = before[name] + count) -> bool | None:
                return self.done(name) >= least or None

            wait_for(reached, f"{count} messages done by {name}")
