"""What the processor works with, and what it needs from the world."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from runtime.shared.contracts.docling import Chunk
from runtime.shared.deletions import Deletion
from runtime.shared.documents import Document, DocumentRecord, Status
from runtime.shared.shape import Shape


class RecordGoneError(Exception):
    """The document's record was deleted while a version of it was being worked on."""


class NotNowError(Exception):
    """Nothing failed, but it is not this message's turn: it shall come again after a while.

    That costs the message none of its deliveries. Whoever waits for somebody else's work would
    otherwise use them up and be a dead letter, although nothing was ever wrong with it.
    """

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds


@dataclass(frozen=True)
class Delivery:
    """One delivery of the message that says a document has changed."""

    attempt: int
    """How often it has been delivered, from 1."""
    is_last: bool
    """Whether it goes to the dead letter queue if this attempt fails."""
    dies_at: float
    """Unix time after which this process cannot be running any more."""


@dataclass(frozen=True)
class Lease:
    """The right to be the only one that works on a document."""

    document: Document
    token: str


@dataclass(frozen=True)
class UploadedObject:
    """The current version of a document's object."""

    key: str
    version_id: str
    filename: str
    content_type: str
    size_bytes: int
    announced_at: str | None = None
    """When the form it came by was made; None for an object that was put past the API."""


def in_context(chunk: Chunk) -> str:
    """Return what is searched: a passage under its headings, since it may not repeat its topic."""
    return "\n".join([" > ".join(chunk.headings), chunk.text]) if chunk.headings else chunk.text


class Conversion(Shape):
    """What an object contains."""

    title: str | None
    pages: int | None
    markdown: str
    chunks: list[Chunk]


@dataclass(frozen=True)
class Edition:
    """One version of a document, ready to be stored."""

    document: Document
    version: str
    filename: str
    content: Conversion
    vectors: Sequence[Sequence[float]]
    """One for each chunk, in their order."""


class Store(Protocol):
    """A place that holds editions, each version beside the others."""

    def write(self, edition: Edition) -> None:
        """Store the edition; storing it again changes nothing."""
        ...

    def delete(self, document: Document, version: str | None) -> None:
        """Remove one version, or every version; what is not there is no error."""
        ...


class ErasableStore(Protocol):
    """A place that holds something of a document."""

    def count(self, document: Document, version: str | None) -> int:
        """Return how much of one version, or of all, can be read now."""
        ...

    def delete(self, document: Document, version: str | None) -> None:
        """Remove one version, or every version; what is not there is no error."""
        ...


class CountedStore(Store, ErasableStore, Protocol):
    """A store that can tell how much of an edition has arrived: its count is one of chunks."""


class Deletions(Protocol):
    """Deletions of documents, with their receipts."""

    def find(self, document: Document) -> Deletion | None:
        """Return the document's last deletion, or None."""
        ...

    def keep(self, document: Document, deletion: Deletion) -> None:
        """Write how far a deletion is."""
        ...


class Uploads(Protocol):
    """The uploaded objects."""

    def current(self, key: str) -> UploadedObject | None:
        """Return the current version, or None when the object is deleted."""
        ...

    def discard(self, uploaded: UploadedObject) -> None:
        """Erase exactly this version; what lay below it is the current one then."""
        ...

    def digest(self, uploaded: UploadedObject) -> str:
        """Return the SHA-256 of its bytes in hex."""
        ...


class Converter(Protocol):
    """Reads documents."""

    def convert(self, document: Document, version: str, uploaded: UploadedObject) -> Conversion:
        """Return the object's content; raises RejectedError when it has none that can be read."""
        ...


class Embedder(Protocol):
    """Turns passages into vectors."""

    def embed(self, document: Document, version: str, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector for each text."""
        ...


class Leases(Protocol):
    """Leases on documents, which end by themselves when their holder can no longer be alive."""

    def acquire(self, document: Document, delivery: Delivery) -> Lease | None:
        """Return the lease, or None once its present holder has been told to look again.

        Raises NotNowError when the holder could not be told.
        """
        ...

    def release(self, lease: Lease) -> bool:
        """Give the lease back; False when the document has to be looked at again first."""
        ...

    def drop(self, lease: Lease) -> None:
        """Give the lease back whatever was asked meanwhile: the message will come again."""
        ...


class Records(Protocol):
    """The records of documents; each writer raises RecordGoneError when there is none."""

    def find(self, document: Document) -> DocumentRecord | None:
        """Return the record as it is now, or None."""
        ...

    def start(
        self, document: Document, version: str, uploaded: UploadedObject, delivery: Delivery
    ) -> None:
        """Status `received` for this version; creates a missing record."""
        ...

    def stage(self, document: Document, status: Status) -> None:
        """Tell which stage the version has reached."""
        ...

    def index(self, document: Document, version: str) -> None:
        """Status `indexing`; from here on the version may leave traces in the stores."""
        ...

    def fail(self, document: Document, uploaded: UploadedObject | None, reason: str) -> None:
        """Status `failed` for this object; what is live stays live.

        None for `uploaded` says that processing could not even see which object there is.
        """
        ...

    def publish(self, lease: Lease, edition: Edition, uploaded: UploadedObject) -> None:
        """Make the edition the live one, in one atomic step, while the lease is held."""
        ...

    def confirm(self, document: Document, uploaded: UploadedObject) -> None:
        """Status `ready`: the uploaded bytes are those that are live already."""
        ...

    def erase_traces(self, document: Document, version: str) -> None:
        """Note that the stores hold nothing of this version any more."""
        ...

    def forget(self, document: Document) -> None:
        """Remove the record, unless it awaits a new upload: then only what it says is live."""
        ...
