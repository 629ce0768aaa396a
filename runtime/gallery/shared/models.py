"""The tables of Gallery.

Every row carries its tenant, and PostgreSQL itself shows a connection only the rows of the tenant
it works for (row level security, see the migrations). Foreign keys contain the tenant, so that no
row can refer to another tenant's.
"""

import datetime as dt
from typing import Any, Literal, get_args
from uuid import UUID, uuid4

from pgvector.sqlalchemy import VECTOR
from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    MetaData,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Status = Literal["received", "analyzing", "embedding", "ready", "failed"]

# The words of an analysis, the telling ones first. `jsonb_to_tsvector` with a fixed configuration
# is immutable, so the database can keep the column by itself.
SEARCH_VECTOR = """
setweight(to_tsvector('english', category), 'A') ||
setweight(
  jsonb_to_tsvector('english', coalesce(raw_response -> 'tags', '[]'), '["string"]'), 'A'
) ||
setweight(to_tsvector('english', summary), 'B') ||
setweight(to_tsvector('english', coalesce(raw_response ->> 'visible_text', '')), 'C')
"""


class Table(DeclarativeBase):
    """Base of all tables; constraints are named by rule, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_%(column_0_N_name)s",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "pk": "%(table_name)s_pkey",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        dt.datetime: TIMESTAMP(timezone=True),
        dict[str, Any]: JSONB,
    }


class Item(Table):
    """An image that a user uploaded; its id follows from its key."""

    __tablename__ = "items"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[str]
    user_id: Mapped[str]
    filename: Mapped[str]
    file_path: Mapped[str]
    """Key of the original in the bucket."""
    thumbnail_path: Mapped[str | None]
    mime_type: Mapped[str | None]
    """What the content is, whatever its name says; None until it was opened."""
    size_bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]

    status: Mapped[str]
    reason: Mapped[str | None]
    """Why the status is `failed`, in words for the user."""
    abandoned_after: Mapped[dt.datetime | None]
    """When the last attempt of the step at work cannot be running any more."""

    etag: Mapped[str]
    """S3's fingerprint of the content: the same bytes again change nothing."""
    sequencer: Mapped[str]
    """S3's order of events on this key: an older event than the last one changes nothing."""
    revision: Mapped[str]
    """The sequencer with which the present content came."""

    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    __table_args__ = (
        CheckConstraint(f"status IN {get_args(Status)}", name="status_known"),
        UniqueConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "created_at", "id"),
    )


class Deletion(Table):
    """The last deletion of an item; it outlives the item."""

    __tablename__ = "deletions"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[str]
    sequencer: Mapped[str]
    """Of the last event that the item knew: what came until then is deleted."""
    receipt: Mapped[dict[str, Any]]
    """A `Receipt`; it names no file."""


class Analysis(Table):
    """One analysis of an item; re-analysis adds a row with the next version."""

    __tablename__ = "analyses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    tenant_id: Mapped[str]
    item_id: Mapped[UUID]
    user_id: Mapped[str]
    version: Mapped[int]
    request_id: Mapped[str]
    """What asked for it: the same request again finds its analysis instead of adding one."""
    category: Mapped[str]
    summary: Mapped[str]
    raw_response: Mapped[dict[str, Any]]
    """The validated answer (tags, visible text), what was measured, and the prompt's version."""
    provider_used: Mapped[str]
    model_used: Mapped[str]
    trace_id: Mapped[str]
    search_vector: Mapped[str] = mapped_column(
        TSVECTOR, Computed(SEARCH_VECTOR, persisted=True), deferred=True
    )
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        UniqueConstraint("item_id", "version"),
        UniqueConstraint("item_id", "request_id"),
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(
            ["tenant_id", "item_id"], ["items.tenant_id", "items.id"], ondelete="CASCADE"
        ),
        CheckConstraint("version > 0", name="version_positive"),
        # There is no GIN index on search_vector, because nobody could use it: `@@` is not
        # leakproof, so row level security is applied first and finds the tenant's rows by this.
        Index(None, "tenant_id", "item_id"),
    )


class Embedding(Table):
    """The vector of an item's latest analysis; older ones are removed when it arrives."""

    __tablename__ = "embeddings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    tenant_id: Mapped[str]
    item_id: Mapped[UUID]
    analysis_id: Mapped[UUID]
    user_id: Mapped[str]
    vector: Mapped[list[float]] = mapped_column(VECTOR())
    """Its dimension is configuration; the migration gives the column its size."""
    embedding_model: Mapped[str]
    embedding_dimensions: Mapped[int]
    embedding_source: Mapped[dict[str, Any]]
    """The text that was embedded, part by part."""
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        UniqueConstraint("analysis_id"),
        ForeignKeyConstraint(
            ["tenant_id", "item_id"], ["items.tenant_id", "items.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "analysis_id"], ["analyses.tenant_id", "analyses.id"], ondelete="CASCADE"
        ),
        Index(None, "tenant_id", "item_id"),
        Index(
            "embeddings_vector",
            "vector",
            postgresql_using="hnsw",
            postgresql_ops={"vector": "vector_cosine_ops"},
        ),
    )
