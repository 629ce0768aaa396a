"""A search API over a real database, with what it is asked and answers."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aws_lambda_powertools import Logger, Metrics

from runtime.gallery.embedder.core import EmbeddingStep
from runtime.gallery.embedder.embeddings import EmbeddingRows
from runtime.gallery.image_processor.core import ThumbnailStep
from runtime.gallery.image_processor.items import ItemRows as ProcessorRows
from runtime.gallery.search.core import Gallery
from runtime.gallery.search.items import ItemRows
from runtime.gallery.search.routes import GalleryRoutes
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.events import AnalysisComplete
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Analysis, Item
from runtime.shared.api import Api
from runtime.shared.deletions import Counts
from runtime.shared.errors import UnavailableError
from tests.runtime.gallery.fakes import FakeBucket, FakeBus, FakeEmbedder, picture

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@dataclass
class FakeStorage:
    """Signs in clear text."""

    bucket: str = "gallery"
    deleted: list[str] = field(default_factory=list[str])
    down: bool = False
    meanwhile: Callable[[], object] = lambda: None
    """What happens while an object is removed."""

    def url(self, key: str, content_type: str | None) -> str:
        return f"https://signed/{key}?as={content_type}"

    def form(self, key: str, content_type: str, size_bytes: int) -> tuple[str, dict[str, str], int]:
        return "https://form", {"key": key, "Content-Type": content_type, "s": str(size_bytes)}, 900

    def remove(self, key: str) -> Counts:
        if self.down:
            raise UnavailableError("s3 is slow today")
        self.deleted.append(key)
        self.meanwhile()
        return Counts(before=1, after=0)


@dataclass
class World:
    """The API on a real database."""

    database: Database
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)
    storage: FakeStorage = field(default_factory=FakeStorage)
    bus: FakeBus = field(default_factory=FakeBus)

    def __post_init__(self) -> None:
        self.api = Api(Logger(service="test"), Metrics(namespace="test", service="test"), "")
        gallery = Gallery(
            ItemRows(self.database),
            self.storage,
            self.embedder,
            self.bus,
            max_image_bytes=1000,
            now=lambda: NOW,
        )
        GalleryRoutes(self.api, gallery)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        tenant: str = "acme",
        **query: str,
    ) -> tuple[int, dict[str, Any]]:
        event = {
            "httpMethod": method,
            "path": path,
            "resource": path,
            "headers": {},
            "queryStringParameters": query or None,
            "multiValueQueryStringParameters": {name: [each] for name, each in query.items()},
            "body": None if body is None else json.dumps(body),
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "r-1",
                "authorizer": {"tenant": tenant, "subject": "ann"},
            },
        }
        answer = self.api.routes.resolve(event, None)  # pyright: ignore[reportArgumentType]  unused
        return int(answer["statusCode"]), json.loads(answer["body"] or "{}")

    def image(
        self,
        name: str,
        summary: str = "",
        tenant: str = "acme",
        *,
        sequencer: str = "01",
        colour: str = "red",
    ) -> UUID:
        """Upload an image and, with a summary, analyze and embed it."""
        key, bus = ItemKey(tenant, "ann", name), FakeBus()
        bucket = FakeBucket()
        step = ThumbnailStep(ProcessorRows(self.database), bucket, bus, 10_000)
        step.run(bucket.put(key, picture(colour), sequencer), "t")
        if summary:
            self._analyze(key, summary)
        return key.item_id

    def item(self, item_id: UUID) -> Item:
        with self.database.transaction("acme") as session:
            item = session.get_one(Item, item_id)
            session.expunge_all()
            return item

    def _analyze(self, key: ItemKey, summary: str) -> None:
        with self.database.transaction(key.tenant) as session:
            analysis = Analysis(
                tenant_id=key.tenant,
                item_id=key.item_id,
                user_id="ann",
                version=1,
                request_id="r",
                category="pet",
                summary=summary,
                raw_response={"tags": ["cat"], "visible_text": "PURR"},
                provider_used="local",
                model_used="m",
                trace_id="t",
            )
            session.add(analysis)
            session.get_one(Item, key.item_id).status = "embedding"
            session.flush()
            analysis_id = analysis.id
        EmbeddingStep(EmbeddingRows(self.database), self.embedder).run(
            AnalysisComplete(
                item_id=key.item_id,
                tenant_id=key.tenant,
                user_id="ann",
                analysis_id=analysis_id,
            ),
            "t",
        )
