"""A bucket, the stores and the functions in memory, as the processor sees them."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from runtime.knowledge.document_processor.core import DocumentProcessor
from runtime.knowledge.document_processor.erasure import Eraser
from runtime.knowledge.document_processor.ports import (
    Chunk,
    Conversion,
    Delivery,
    Edition,
    Lease,
    NotNowError,
    RecordGoneError,
    UploadedObject,
)
from runtime.knowledge.document_processor.publication import Publisher
from runtime.shared.deletions import Deletion
from runtime.shared.documents import UNSEEN, Document, DocumentRecord, Status
from runtime.shared.errors import DeniedError

DOCUMENT = Document("acme", "0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11")
KEY = DOCUMENT.upload_key("manual.md")
FIRST = Delivery(attempt=1, is_last=False, dies_at=time.time() + 600)
LAST = Delivery(attempt=3, is_last=True, dies_at=time.time() + 600)


def version_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass
class FakeUploads:
    """Holds the versions of objects by key, None for a delete marker; version ids count up."""

    objects: dict[str, list[tuple[UploadedObject, str] | None]] = field(default_factory=dict)
    versions: "count[int]" = field(default_factory=lambda: count(1))
    denied: bool = False
    unreadable: bool = False
    """What there is can be seen, and not read."""

    def put(
        self,
        content: str,
        key: str = KEY,
        filename: str = "manual.md",
        announced_at: str | None = None,
    ) -> None:
        version = f"v{next(self.versions)}"
        uploaded = UploadedObject(
            key, version, filename, "text/markdown", len(content), announced_at
        )
        self.objects.setdefault(key, []).append((uploaded, content))

    def delete(self, key: str = KEY) -> None:
        self.objects.setdefault(key, []).append(None)

    def content(self, uploaded: UploadedObject) -> str:
        held = [one for one in self.objects[uploaded.key] if one and one[0] == uploaded]
        return held[0][1]

    def current(self, key: str) -> UploadedObject | None:
        if self.denied:
            raise DeniedError("s3 refused HeadObject: 403")
        newest = (self.objects.get(key) or [None])[-1]
        return newest and newest[0]

    def discard(self, uploaded: UploadedObject) -> None:
        versions = self.objects[uploaded.key]
        self.objects[uploaded.key] = [one for one in versions if not one or one[0] != uploaded]

    def digest(self, uploaded: UploadedObject) -> str:
        if self.unreadable:
            raise DeniedError("s3 refused GetObject: 403")
        return version_of(self.content(uploaded))


@dataclass
class FakeStore:
    """Holds the chunk texts of editions by version."""

    editions: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    writes: int = 0
    loses: int = 0
    """How many chunks of the next editions get lost."""
    lags: list[int] = field(default_factory=list)
    """What it counts before it counts right."""
    broken: Exception | None = None

    def write(self, edition: Edition) -> None:
        if self.broken:
            raise self.broken
        self.writes += 1
        texts = [chunk.text for chunk in edition.content.chunks]
        key = (edition.document.document_id, edition.version)
        self.editions[key] = texts[: len(texts) - self.loses]

    def delete(self, document: Document, version: str | None) -> None:
        for key in list(self.editions):
            if key[0] == document.document_id and version in {None, key[1]}:
                del self.editions[key]

    def count(self, document: Document, version: str | None) -> int:
        if self.broken:
            raise self.broken
        if self.lags:
            return self.lags.pop(0)
        return sum(
            len(texts)
            for key, texts in self.editions.items()
            if key[0] == document.document_id and version in {None, key[1]}
        )

    @property
    def versions(self) -> set[str]:
        return {version for _, version in self.editions}


@dataclass
class FakeConverter:
    """Every non-empty line is a chunk; `meanwhile` happens while it works."""

    uploads: FakeUploads
    calls: int = 0
    failures: list[Exception] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    def convert(self, document: Document, version: str, uploaded: UploadedObject) -> Conversion:  # noqa: ARG002
        self.calls += 1
        content = self.uploads.content(uploaded)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if self.failures:
            raise self.failures.pop(0)
        lines = [line for line in content.splitlines() if line]
        chunks = [
            Chunk(index=index, text=line, headings=[], page=1, keywords=[])
            for index, line in enumerate(lines)
        ]
        return Conversion(title="Manual", pages=1, markdown=content, chunks=chunks)


class FakeEmbedder:
    """Vectors of two numbers."""

    def embed(self, document: Document, version: str, texts: Sequence[str]) -> list[list[float]]:  # noqa: ARG002
        return [[1.0, 0.0] for _ in texts]


@dataclass
class FakeRecords:
    """The record of one document, and every status it ever had."""

    record: DocumentRecord | None = None
    statuses: list[str] = field(default_factory=list)

    def find(self, document: Document) -> DocumentRecord | None:  # noqa: ARG002
        return self.record.model_copy(deep=True) if self.record else None

    def start(
        self, document: Document, version: str, uploaded: UploadedObject, delivery: Delivery
    ) -> None:
        record = self.record or DocumentRecord(
            document_id=document.document_id, created_at="now", updated_at="now"
        )
        self.record = record
        self._set(
            status="received",
            version=version,
            object_version=uploaded.version_id,
            attempt=delivery.attempt,
            object_key=uploaded.key,
            reason=None,
        )

    def stage(self, document: Document, status: Status) -> None:  # noqa: ARG002
        self._set(status=status)

    def index(self, document: Document, version: str) -> None:  # noqa: ARG002
        self._set(status="indexing", traces=self._existing().traces | {version})

    def fail(self, document: Document, uploaded: UploadedObject | None, reason: str) -> None:  # noqa: ARG002
        seen = uploaded.version_id if uploaded else UNSEEN
        self._set(status="failed", reason=reason, object_version=seen)

    def publish(self, lease: Lease, edition: Edition, uploaded: UploadedObject) -> None:  # noqa: ARG002
        self._set(
            status="ready",
            live_version=edition.version,
            chunk_count=len(edition.content.chunks),
            filename=uploaded.filename,
            reason=None,
        )

    def confirm(self, document: Document, uploaded: UploadedObject) -> None:  # noqa: ARG002
        self._set(
            status="ready",
            filename=uploaded.filename,
            object_version=uploaded.version_id,
            reason=None,
        )

    def erase_traces(self, document: Document, version: str) -> None:  # noqa: ARG002
        self._set(traces=self._existing().traces - {version})

    def forget(self, document: Document) -> None:  # noqa: ARG002
        if self.record and self.record.status == "awaiting_upload":
            self._set(live_version=None, object_version=None, traces=set())
        else:
            self.record = None

    def _existing(self) -> DocumentRecord:
        if self.record is None:
            raise RecordGoneError
        return self.record

    def _set(self, **fields: object) -> None:
        self.record = self._existing().model_copy(update=fields)
        if "status" in fields:
            self.statuses.append(str(fields["status"]))


@dataclass
class FakeDeletions:
    """The deletion of one document."""

    deletion: Deletion | None = None

    def find(self, document: Document) -> Deletion | None:  # noqa: ARG002
        return self.deletion

    def keep(self, document: Document, deletion: Deletion) -> None:  # noqa: ARG002
        if not self.deletion or self.deletion.requested_at <= deletion.requested_at:
            self.deletion = deletion


@dataclass
class FakeLeases:
    """One lease, which the test may keep for itself."""

    holder: Delivery | None = None
    again: bool = False

    def acquire(self, document: Document, delivery: Delivery) -> Lease | None:
        if self.holder is None:
            self.holder, self.again = delivery, False
            return Lease(document, "token")
        if self.holder.is_last:
            raise NotNowError("busy", 60)
        self.again = True
        return None

    def release(self, lease: Lease) -> bool:  # noqa: ARG002
        if self.again:
            self.again = False
            return False
        self.holder = None
        return True

    def drop(self, lease: Lease) -> None:  # noqa: ARG002
        self.holder = None


class World:
    """Everything together."""

    def __init__(self) -> None:
        self.uploads = FakeUploads()
        self.records = FakeRecords()
        self.leases = FakeLeases()
        self.converter = FakeConverter(self.uploads)
        self.vectors, self.graph, self.table = FakeStore(), FakeStore(), FakeStore()
        self.markdown = FakeStore()
        publisher = Publisher(
            uploads=self.uploads,
            records=self.records,
            converter=self.converter,
            embedder=FakeEmbedder(),
            counted={"vectors": self.vectors, "graph": self.graph, "table": self.table},
            markdown=self.markdown,
            sleep=lambda _: None,
            agreement_seconds=0.05,
        )
        self.deletions = FakeDeletions()
        stores = {
            "vectors": self.vectors,
            "graph": self.graph,
            "table": self.table,
            "markdown": self.markdown,
        }
        eraser = Eraser(
            stores,
            self.records,
            self.deletions,
            clock=lambda: 1000.0,
            sleep=lambda _: None,
            empty_seconds=0.05,
        )
        self.processor = DocumentProcessor(
            self.uploads,
            self.records,
            self.leases,
            deletions=self.deletions,
            publisher=publisher,
            eraser=eraser,
        )

    def process(self, delivery: Delivery = FIRST, key: str = KEY) -> list[str]:
        return list(self.processor.process(DOCUMENT, key, delivery))

    @property
    def record(self) -> DocumentRecord:
        assert self.records.record is not None
        return self.records.record

    @property
    def stored_versions(self) -> list[set[str]]:
        stores = (self.vectors, self.graph, self.table, self.markdown)
        return [store.versions for store in stores]
