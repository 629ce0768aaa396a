"""neo4j: four operations on the graph of documents, every one within one tenant."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator

from runtime.shared.contracts.content import Content
from runtime.shared.contracts.message import Answer
from runtime.shared.contracts.message import Request as AnyRequest
from runtime.shared.shape import QUIET, Shape

LONGEST_ID = 900
"""Characters. An id is part of a key of Neo4j's indexes, which take 8167 bytes: a tenant, and
document, version and number in one, fit also if each character has four bytes.
https://neo4j.com/developer/kb/index-limitations-and-workaround
"""
Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


class InTenant(AnyRequest):
    """Every request names its tenant."""

    tenant: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")


class Document(Shape):
    """One version of a document."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    version: Id
    title: str | None = None
    filename: str = Field(min_length=1)


class Chunk(Shape):
    """A passage; `keywords` are the names of the entities it mentions."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    index: int = Field(ge=0)
    text: str
    headings: list[str]
    page: int | None = None
    keywords: list[str]


class IndexRequest(InTenant):
    """Replace what the graph has of this version of the document."""

    operation: Literal["index"] = "index"
    document: Document
    chunks: Content
    """A list of Chunk; decode with `CHUNKS`."""


class CountRequest(InTenant):
    """Count the chunks of one version, or of all."""

    operation: Literal["count"] = "count"
    document_id: Id
    version: Id | None = None


class DeleteRequest(InTenant):
    """Delete a document: all of it, or one version, or all but one."""

    operation: Literal["delete"] = "delete"
    document_id: Id
    version: str | None = None
    keep_version: str | None = None


class ContextRequest(InTenant):
    """Find what stands beside chunks and mentions the same, or what mentions the terms."""

    operation: Literal["context"] = "context"
    chunk_ids: list[str] = Field(default_factory=list[str], max_length=100)
    terms: list[str] = Field(default_factory=list[str], max_length=100)
    """Names of entities, as the chunks' keywords have them."""
    limit: int = Field(ge=1, le=100)

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if bool(self.chunk_ids) == bool(self.terms):
            raise ValueError("name either chunk_ids or terms")
        return self


class Counted(Answer):
    """Answers the others than ContextRequest: how many chunks were written, found or deleted."""

    count: int = Field(ge=0)


class Related(Shape):
    """A chunk that is related to one that was asked for."""

    chunk_id: str
    document_id: str
    version: str
    text: str
    headings: list[str]
    page: int | None = None
    relation: Literal["next", "previous", "shared_entity", "mentions"]
    entities: list[str] = Field(default_factory=list[str])
    """What both mention, or which of the terms this one does, where that is the relation."""


class Context(Answer):
    """Answers ContextRequest: related chunks, closest first, and what those asked for mention."""

    related: list[Related]
    entities: list[str]
    """Most mentioned first."""


Request = Annotated[
    IndexRequest | CountRequest | DeleteRequest | ContextRequest, Field(discriminator="operation")
]
REQUEST: TypeAdapter[Request] = TypeAdapter(Request, config=QUIET)
CHUNKS = TypeAdapter(list[Chunk], config=QUIET)
