"""Documents of Knowledge: their ids, where their parts are stored, and their record.

Everything belongs to one tenant, and every key begins with it.

    S3         uploads/{tenant}/{document_id}/{filename}         the bytes as uploaded
               markdown/{tenant}/{document_id}/{version16}.md    the text read from them
               work/{tenant}/{document_id}/{version16}/...       content between functions; expires
    DynamoDB   pk {tenant}                 sk DOC#{document_id}                 the record
               pk {tenant}#{document_id}   sk CHUNK#{version16}#{index:05d}     its chunks
                                           sk DELETION                          its deletion
    vectors    namespace {tenant}          id {document_id}#{version16}#{index:05d}

A version is the SHA-256 of the bytes in hex; ids carry its first 16 characters.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from re import fullmatch
from typing import Annotated, Literal
from unicodedata import normalize
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field, TypeAdapter

from runtime.shared.errors import InvalidRequestError
from runtime.shared.identity import TENANT_PATTERN
from runtime.shared.shape import QUIET, Shape

Status = Literal[
    "awaiting_upload",  # the record exists, its object has not arrived
    "received",
    "converting",
    "embedding",
    "indexing",
    "ready",
    "failed",
]

_PROCESSING = ("received", "converting", "embedding", "indexing")

DOCUMENT_ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
DOCUMENT_ID = TypeAdapter(Annotated[str, Field(pattern=DOCUMENT_ID_PATTERN)], config=QUIET)
UNSEEN = "unseen"
"""In place of an object's version: processing failed before it could see which one it was."""
RECORD_PREFIX = "DOC#"
CHUNK_PREFIX = "CHUNK#"

_UPLOAD_KEY = rf"uploads/({TENANT_PATTERN})/({DOCUMENT_ID_PATTERN[1:-1]})/[^/]+"
_SHORT = 16


@dataclass(frozen=True)
class Document:
    """One document of one tenant, and the places of its parts."""

    tenant: str
    document_id: str

    @property
    def record_key(self) -> dict[str, str]:
        """Key of the record in the documents table."""
        return {"pk": self.tenant, "sk": f"{RECORD_PREFIX}{self.document_id}"}

    @property
    def partition(self) -> str:
        """Partition of everything else the documents table holds of this document."""
        return f"{self.tenant}#{self.document_id}"

    @property
    def id_prefix(self) -> str:
        """What the ids of all chunks of all versions begin with."""
        return f"{self.document_id}#"

    @property
    def markdown_prefix(self) -> str:
        """Folder of the Markdown of all versions."""
        return f"markdown/{self.tenant}/{self.document_id}/"

    def upload_key(self, filename: str) -> str:
        """Key of the object a client uploads."""
        return f"{self.uploads_prefix}{filename}"

    def version_prefix(self, version: str) -> str:
        """Return what the ids of all chunks of one version begin with."""
        return f"{self.id_prefix}{version[:_SHORT]}#"

    def chunk_id(self, version: str, index: int) -> str:
        """Id of a chunk in the vector store and the graph."""
        return f"{self.version_prefix(version)}{index:05d}"

    def chunk_prefix(self, version: str) -> str:
        """Return what the sort keys of one version's chunk rows begin with."""
        return f"{CHUNK_PREFIX}{version[:_SHORT]}#"

    def markdown_key(self, version: str) -> str:
        """Key of the Markdown of one version."""
        return f"{self.markdown_prefix}{version[:_SHORT]}.md"

    @property
    def uploads_prefix(self) -> str:
        """Folder of the uploaded object."""
        return f"uploads/{self.tenant}/{self.document_id}/"

    @property
    def work_folder(self) -> str:
        """Folder of the work on all versions."""
        return f"work/{self.tenant}/{self.document_id}/"

    def work_prefix(self, version: str) -> str:
        """Folder for content that is passed between functions."""
        return f"{self.work_folder}{version[:_SHORT]}/"


def named(tenant: str, filename: str) -> Document:
    """Return the document a file name stands for: the same name is the same document.

    Unicode has several spellings of one name (macOS decomposes accents): they are one name here.
    """
    name = normalize("NFC", filename)
    return Document(tenant, str(uuid5(NAMESPACE_URL, f"knowledge:{tenant}/{name}")))


def iso(seconds: float) -> str:
    """Return Unix seconds as all times are noted: ISO 8601 in UTC, so that texts sort as times."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def uploaded(key: str) -> Document:
    """Return the document an uploaded object belongs to."""
    match = fullmatch(_UPLOAD_KEY, key)
    if match is None:
        raise InvalidRequestError("the object's key is not uploads/{tenant}/{document_id}/{name}")
    return Document(match[1], match[2])


class DocumentRecord(Shape):
    """A document as its record tells it; times are ISO 8601 in UTC."""

    document_id: str
    status: Status = "awaiting_upload"
    reason: str | None = None
    """Why the status is `failed`, in words for the user."""
    attempt: int | None = None
    """Which delivery of the upload event is being worked on, from 1."""
    abandoned_after: int | None = None
    """Unix time after which what the status waits for cannot come any more: an upload whose form
    has expired, or the last attempt to process one."""

    filename: str | None = None
    content_type: str | None = None
    size_bytes: int | None = None
    object_key: str | None = None
    """Stays the same for the document's life, also when a later version has another file name."""

    object_version: str | None = None
    """S3's id of the object version that was looked at last; a newer one waits for its turn.
    `UNSEEN` after a failure to look."""
    version: str | None = None
    """Version worked on last, whether or not it went live."""
    live_version: str | None = None
    """The only version readers may see."""
    traces: set[str] = Field(default_factory=set)
    """Versions that may have left something in the stores, the live one included."""
    chunk_count: int | None = None
    pages: int | None = None

    title: str | None = None
    description: str | None = None
    tags: list[str] = Field(default_factory=list[str])
    attributes: dict[str, str] = Field(default_factory=dict[str, str])
    revision: int = 0
    """Counts the changes of the four fields above, which belong to the user."""

    created_at: str
    created_by: str | None = None
    updated_at: str


def shown_status(
    record: DocumentRecord, now: float, *, file_waits: bool = False
) -> tuple[Status, str | None]:
    """Return the status and its reason as a reader should see them at `now` (Unix seconds).

    `file_waits`: a newer file than the record tells of has arrived (`runtime.shared.waiting`).

    A function that is killed (timeout, memory) cannot write its own epitaph: a last attempt
    whose time is over has failed, whatever stage it had reached. An upload that was announced but
    never came leaves the document as it was.
    """
    if file_waits:
        return "received", None
    abandoned = record.abandoned_after is not None and record.abandoned_after < now
    if record.status == "awaiting_upload" and record.live_version and abandoned:
        return "ready", None
    if record.status in _PROCESSING and abandoned:
        return "failed", "Processing stopped before it was finished. Please upload the file again."
    return record.status, record.reason
