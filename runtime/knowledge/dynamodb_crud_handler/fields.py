"""What requests and answers about records look like, and which fields belong to the user."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field

from runtime.knowledge.dynamodb_crud_handler.paging import document_before
from runtime.shared.documents import DocumentRecord, Status, shown_status
from runtime.shared.shape import Shape

# Together well below the 400 KB that DynamoDB allows an item.
Title = Annotated[str, Field(min_length=1, max_length=200)]
Tag = Annotated[str, Field(min_length=1, max_length=50)]
AttributeName = Annotated[str, Field(min_length=1, max_length=64)]
AttributeValue = Annotated[str, Field(max_length=500)]


class _Described(Shape):
    model_config = ConfigDict(extra="forbid")

    description: Annotated[str | None, Field(max_length=2000)] = None
    tags: Annotated[list[Tag], Field(max_length=20)] = Field(default_factory=list[Tag])
    attributes: Annotated[dict[AttributeName, AttributeValue], Field(max_length=20)] = Field(
        default_factory=dict[AttributeName, AttributeValue],
    )


class CreateRecord(_Described):
    """Body of POST /crud."""

    title: Title


class UpdateRecord(_Described):
    """Body of PUT /crud/{document_id}: all fields of the user; one left out is cleared."""

    title: Title | None = None


class ListQuery(Shape):
    """Query string of GET /crud."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[str | None, AfterValidator(lambda text: text and document_before(text))] = (
        None
    )
    """Once read, the document that ended the page before."""


class RecordView(Shape):
    """A record as its owner sees it; everything but the user's fields is read-only."""

    document_id: str
    title: str | None
    description: str | None
    tags: list[str]
    attributes: dict[str, str]
    filename: str | None
    content_type: str | None
    size_bytes: int | None
    status: Status
    reason: str | None
    version: str | None
    live_version: str | None
    chunk_count: int | None
    pages: int | None
    revision: int
    created_at: str
    created_by: str | None
    updated_at: str

    @classmethod
    def of(cls, record: DocumentRecord, now: float, *, file_waits: bool = False) -> Self:
        """Return what may be seen of a record at `now` (Unix seconds)."""
        status, reason = shown_status(record, now, file_waits=file_waits)
        seen = record.model_dump(include=set(cls.model_fields))
        return cls.model_validate({**seen, "status": status, "reason": reason})


class RecordPage(Shape):
    """One page of a tenant's records."""

    items: list[RecordView]
    next_cursor: str | None
    """None at the end of the list."""
