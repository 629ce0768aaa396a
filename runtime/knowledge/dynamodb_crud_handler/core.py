"""What can be done with the records of a tenant's documents.

A record's revision counts the changes users made to it. Whoever changes it must say which
revision they saw, so nobody overwrites what they have not read. Processing writes other fields
and does not count.
"""

from collections.abc import Callable, Collection, Iterable
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
from runtime.shared.deletions import Deletion
from runtime.shared.documents import Document, DocumentRecord, iso
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, not_found, wrong_field

CHANGING_SECONDS = 24 * 3600
"""A record that nothing changed for so long has no file in the queue: a form is good for minutes,
and a message for an hour."""


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


class Deletions(Protocol):
    """Deletions of documents."""

    def find(self, document: Document) -> Deletion | None:
        """Return the document's last deletion, or None."""
        ...

    def request(self, document: Document, deletion: Deletion) -> None:
        """Note that the document is to be deleted; an older deletion is forgotten."""
        ...


class WaitingFiles(Protocol):
    """Files that have arrived and were not looked at yet."""

    def among(self, records: Iterable[DocumentRecord]) -> set[str]:
        """Return the ids of the documents for which a file waits."""
        ...


class Objects(Protocol):
    """The uploaded objects."""

    def delete(self, key: str) -> None:
        """Delete an object."""
        ...


class RecordKeeper:
    """Creates, reads, updates, lists and deletes records, for one tenant at a time."""

    def __init__(
        self,
        records: Records,
        objects: Objects,
        deletions: Deletions,
        waiting: WaitingFiles,
        clock: Callable[[], float],
    ) -> None:
        """`clock` returns Unix seconds."""
        self._records, self._objects, self._deletions = records, objects, deletions
        self._waiting, self._clock = waiting, clock

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
        record = self._existing(Document(caller.tenant, document_id))
        return self._view(record, self._waiting.among([record]))

    def page(self, caller: Caller, query: ListQuery) -> RecordPage:
        """Return one page of the caller's records, in the order of their ids."""
        after = Document(caller.tenant, query.cursor) if query.cursor else None
        records, more = self._records.page(caller.tenant, query.limit, after)
        since = iso(self._clock() - CHANGING_SECONDS)
        waiting = self._waiting.among(one for one in records if one.updated_at > since)
        return RecordPage(
            items=[self._view(record, waiting) for record in records],
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
        """Delete the document: first its object, whose event clears the rest, then its record.

        What is done and what is left is in its deletion, from before the first step on.
        """
        document = Document(caller.tenant, document_id)
        record = self._existing(document)
        if if_match is not None and _revision(if_match) != record.revision:
            raise _changed(record)
        deletion = Deletion(
            document_id=document_id, requested_at=self._now(), requested_by=caller.subject
        )
        if record.object_key is None:  # nothing was ever announced, so no store has anything
            deletion = deletion.done(self._now())
        self._deletions.request(document, deletion)
        if record.object_key:
            self._objects.delete(record.object_key)
        self._records.delete(document)

    def deletion(self, caller: Caller, document_id: str) -> Deletion:
        """Return how far the document's deletion is, or its receipt."""
        found = self._deletions.find(Document(caller.tenant, document_id))
        if found is None:
            raise not_found("deletion")
        return found

    def _existing(self, document: Document) -> DocumentRecord:
        record = self._records.find(document)
        if record is None:
            raise not_found("document")
        return record

    def _view(self, record: DocumentRecord, waiting: Collection[str] = ()) -> RecordView:
        waits = record.document_id in waiting
        return RecordView.of(record, self._clock(), file_waits=waits)

    def _now(self) -> str:
        return iso(self._clock())


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
