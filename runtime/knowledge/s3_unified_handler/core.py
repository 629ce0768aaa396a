"""What an upload is: a promise of one object, bound to a tenant, a key, a type and a size."""

from collections.abc import Callable
from typing import Annotated, Protocol

from pydantic import AfterValidator, ConfigDict, Field

from runtime.knowledge.s3_unified_handler.filenames import (
    CONTENT_TYPES,
    checked_filename,
    expected_content_type,
)
from runtime.shared.documents import (
    DOCUMENT_ID_PATTERN,
    Document,
    DocumentRecord,
    Status,
    iso,
    named,
    shown_status,
)
from runtime.shared.identity import Caller
from runtime.shared.problem import not_found, wrong_field
from runtime.shared.shape import Shape

EXPIRES_IN_SECONDS = 900
"""Long enough for a large file on a slow line, short for a leaked form."""


class UploadRequest(Shape):
    """Body of POST /upload."""

    model_config = ConfigDict(extra="forbid", title="UploadRequest")

    filename: Annotated[str, Field(min_length=1, max_length=255), AfterValidator(checked_filename)]
    content_type: Annotated[str, Field(min_length=1, max_length=255)]
    size_bytes: Annotated[int, Field(ge=1, strict=True)]
    document_id: Annotated[str | None, Field(pattern=DOCUMENT_ID_PATTERN)] = None
    """Replace this document, whatever its file name was; by default the name decides."""


class Upload(Shape):
    """Where and how to send the file: an HTML form's fields, then the file as `file`."""

    document_id: str
    url: str
    fields: dict[str, str]
    expires_in_seconds: int
    max_size_bytes: int


class UploadStatus(Shape):
    """How far a document is."""

    document_id: str
    filename: str | None
    status: Status
    reason: str | None
    attempt: int | None
    """Which attempt to process it is under way or was the last, from 1; None once it is ready."""
    version: str | None
    live_version: str | None
    chunk_count: int | None
    pages: int | None
    updated_at: str


class ExpectedObject(Shape):
    """The one object an upload may create."""

    key: str
    tenant: str
    filename: str
    content_type: str
    size_bytes: int
    announced_at: str
    """When its form was made; ISO 8601 in UTC. A deletion after that makes the form worthless."""


class WaitingFiles(Protocol):
    """Files that have arrived and were not looked at yet."""

    def has(self, record: DocumentRecord) -> bool:
        """Tell whether a file waits that is newer than what the record tells of."""
        ...


class Records(Protocol):
    """The records of documents."""

    def find(self, document: Document) -> DocumentRecord | None:
        """Return the record, or None."""
        ...

    def await_upload(
        self, document: Document, expected: ExpectedObject, subject: str, until: int
    ) -> None:
        """Say that an object is expected until then (Unix seconds); create a missing record."""
        ...


class Forms(Protocol):
    """Signs upload forms."""

    def sign(self, expected: ExpectedObject, expires_in_seconds: int) -> tuple[str, dict[str, str]]:
        """Return the URL and the fields of a form that can upload this object and no other."""
        ...


class Uploads:
    """Begins uploads and tells how far they are, for one tenant at a time."""

    def __init__(
        self,
        records: Records,
        forms: Forms,
        waiting: WaitingFiles,
        max_upload_bytes: int,
        clock: Callable[[], float],
    ) -> None:
        """`clock` returns Unix seconds."""
        self._records, self._forms, self._waiting = records, forms, waiting
        self._max_upload_bytes, self._clock = max_upload_bytes, clock

    def begin(self, caller: Caller, request: UploadRequest) -> Upload:
        """Prepare an upload; a file too large or of a wrong type is refused by its field."""
        self._refuse_unreadable(request)
        document, record = self._document(caller, request)
        now = self._clock()
        expected = ExpectedObject(
            key=(record and record.object_key) or document.upload_key(request.filename),
            tenant=caller.tenant,
            filename=request.filename,
            content_type=request.content_type,
            size_bytes=request.size_bytes,
            announced_at=iso(now),
        )
        url, fields = self._forms.sign(expected, EXPIRES_IN_SECONDS)
        until = int(now) + EXPIRES_IN_SECONDS
        self._records.await_upload(document, expected, caller.subject, until)
        return Upload(
            document_id=document.document_id,
            url=url,
            fields=fields,
            expires_in_seconds=EXPIRES_IN_SECONDS,
            max_size_bytes=request.size_bytes,
        )

    def status(self, caller: Caller, document_id: str) -> UploadStatus:
        """Tell how far the caller's document is."""
        record = self._records.find(Document(caller.tenant, document_id))
        if record is None:
            raise not_found("document")
        waits = self._waiting.has(record)
        status, reason = shown_status(record, self._clock(), file_waits=waits)
        return UploadStatus(
            document_id=record.document_id,
            filename=record.filename,
            status=status,
            reason=reason,
            attempt=record.attempt,
            version=record.version,
            live_version=record.live_version,
            chunk_count=record.chunk_count,
            pages=record.pages,
            updated_at=record.updated_at,
        )

    def _refuse_unreadable(self, request: UploadRequest) -> None:
        expected = expected_content_type(request.filename)
        if expected is None:
            known = ", ".join(sorted(CONTENT_TYPES))
            raise wrong_field("filename", f"must end with one of {known}")
        if request.content_type != expected:
            raise wrong_field("content_type", f"must be {expected} for this file name")
        if request.size_bytes > self._max_upload_bytes:
            raise wrong_field("size_bytes", f"must be at most {self._max_upload_bytes}")

    def _document(
        self, caller: Caller, request: UploadRequest
    ) -> tuple[Document, DocumentRecord | None]:
        if request.document_id is None:
            document = named(caller.tenant, request.filename)
            return document, self._records.find(document)
        document = Document(caller.tenant, request.document_id)
        record = self._records.find(document)
        if record is None:
            raise not_found("document")
        return document, record
