"""What can be done with the records of a tenant's documents.

A record's revision counts the changes users made to it. Whoever changes it must say which
revision they saw, so nobody overwrites what they have not read. Processing writes other fields
and does not count.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from re import fullmatch
from typing import Protocol
from uuid import uuid4

from runtime.knowledge.dynamodb_crud_handler.fields import (
    CreateRecord,
    ListQuery,
    RecordPage,
    RecordView,
    UpdateRecord,
)
from runtime.knowledge.dynamodb_crud_handler.paging import cursor_after
from runtime.shared.documents import Document, DocumentRecord
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, not_found, wrong_field


class Records(Protocol):
    """The records of all tenants."""

    def find(self, document: Document) -> DocumentRecord | None:
        """Return the record, or None."""
        ...

    def page(
        self, tenant: str, limit: int, after: Document | None
    ) -> tuple[list[DocumentRecord], bool]:
        """Return up to `limit` records of the tenant after this one, and whether more follow."""
        ...

    def create(self, document: Document, record: DocumentRecord) -> None:
        """Store a new record."""
        ...

    def update(
        self, document: Document, fields: UpdateRecord, revision: int, updated_at: str
    ) -> DocumentRecord | None:
        """Set the user's fields if the record still has this revision, else return None."""
        ...

    def delete(self, document: Document) -> None:
        """Remove the record."""
        ...


class Objects(Protocol):
    """The uploaded objects."""

    def delete(self, key: str) -> None:
        """Delete an object."""
        ...


class RecordKeeper:
    """Creates, reads, updates, lists and deletes records, for one tenant at a time."""

    def __init__(self, records: Records, objects: Objects, clock: Callable[[], float]) -> None:
        """`clock` returns Unix seconds."""
        self._records, self._objects, self._clock = records, objects, clock

    def create(self, caller: Caller, request: CreateRecord) -> RecordView:
        """Create a record; a file can be uploaded to its `document_id` later."""
        now = self._now()
        record = DocumentRecord(
            document_id=str(uuid4()),
            created_at=now,
            created_by=caller.subject,
            updated_at=now,
            revision=1,
            **request.model_dump(),
        )
        self._records.create(Document(caller.tenant, record.document_id), record)
        return self._view(record)

    def read(self, caller: Caller, document_id: str) -> RecordView:
        """Return one record."""
        return self._view(self._existing(Document(caller.tenant, document_id)))

    def page(self, caller: Caller, query: ListQuery) -> RecordPage:
        """Return one page of the caller's records, in the order of their ids."""
        after = Document(caller.tenant, query.cursor) if query.cursor else None
        records, more = self._records.page(caller.tenant, query.limit, after)
        return RecordPage(
            items=[self._view(record) for record in records],
            next_cursor=cursor_after(records[-1].document_id) if more and records else None,
        )

    def update(
        self, caller: Caller, document_id: str, request: UpdateRecord, if_match: str | None
    ) -> RecordView:
        """Replace the user's fields of the revision that `if_match` (an ETag) names."""
        document = Document(caller.tenant, document_id)
        if if_match is None:
            detail = "Send the record's ETag as If-Match to change it."
            raise ProblemError(HTTPStatus.PRECONDITION_REQUIRED, detail)
        revision = _revision(if_match)
        updated = self._records.update(document, request, revision, self._now())
        if updated is None:
            raise _changed(self._existing(document))
        return self._view(updated)

    def delete(self, caller: Caller, document_id: str, if_match: str | None) -> None:
        """Delete the document: first its object, whose event clears the rest, then its record."""
        document = Document(caller.tenant, document_id)
        record = self._existing(document)
        if if_match is not None and _revision(if_match) != record.revision:
            raise _changed(record)
        if record.object_key:
            self._objects.delete(record.object_key)
        self._records.delete(document)

    def _existing(self, document: Document) -> DocumentRecord:
        record = self._records.find(document)
        if record is None:
            raise not_found("document")
        return record

    def _view(self, record: DocumentRecord) -> RecordView:
        return RecordView.of(record, self._clock())

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")


def etag(record: RecordView) -> str:
    """Return the entity tag of a record's revision."""
    return f'"{record.revision}"'


def _revision(if_match: str) -> int:
    tag = fullmatch(r'"(\d{1,18})"', if_match.strip())
    if tag is None:
        raise wrong_field("If-Match", 'must be the record\'s ETag, such as "3"')
    return int(tag[1])


def _changed(record: DocumentRecord) -> ProblemError:
    return ProblemError(
        HTTPStatus.PRECONDITION_FAILED,
        f"The record has been changed since; it is at revision {record.revision} now.",
    )
