"""Four operations on the graph of documents, every one within one tenant."""

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from runtime.shared.errors import InvalidRequestError
from runtime.shared.payload import ObjectStore, Payload, unpack
from runtime.shared.requests import naming_fields


class InTenant(BaseModel):
    """Every request names its tenant."""

    model_config = ConfigDict(extra="forbid")

    tenant: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")


class Document(BaseModel):
    """One version of a document."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    version: str = Field(min_length=1)
    title: str | None = None
    filename: str = Field(min_length=1)


class Chunk(BaseModel):
    """A passage; `keywords` are the names of the entities it mentions."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    index: int = Field(ge=0)
    text: str
    headings: list[str]
    page: int | None = None
    keywords: list[str]


class IndexRequest(InTenant):
    """Replace what the graph has of this version of the document."""

    operation: Literal["index"]
    document: Document
    chunks: Payload


class CountRequest(InTenant):
    """Count the chunks of one version."""

    operation: Literal["count"]
    document_id: str = Field(min_length=1)
    version: str = Field(min_length=1)


class DeleteRequest(InTenant):
    """Delete a document: all of it, or one version, or all but one."""

    operation: Literal["delete"]
    document_id: str = Field(min_length=1)
    version: str | None = None
    keep_version: str | None = None


class ContextRequest(InTenant):
    """Find what stands beside chunks and mentions the same, or what mentions the terms."""

    operation: Literal["context"]
    chunk_ids: list[str] = Field(default_factory=list[str], max_length=100)
    terms: list[str] = Field(default_factory=list[str], max_length=100)
    """Names of entities, as the chunks' keywords have them."""
    limit: int = Field(ge=1, le=100)

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if bool(self.chunk_ids) == bool(self.terms):
            raise ValueError("name either chunk_ids or terms")
        return self


Request = Annotated[
    IndexRequest | CountRequest | DeleteRequest | ContextRequest, Field(discriminator="operation")
]

REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
CHUNKS = TypeAdapter(list[Chunk])


class Counted(BaseModel):
    """How many chunks were written, found or deleted."""

    count: int


class Related(BaseModel):
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


class Context(BaseModel):
    """Related chunks, closest first, and what the chunks that were asked for mention most."""

    related: list[Related]
    entities: list[str]


class Graph(Protocol):
    """The graph; `runtime.libraries.neo4j.graph` gives the real one."""

    def index(self, tenant: str, document: Document, chunks: Sequence[Chunk]) -> None:
        """Replace one version of a document, in one transaction."""
        ...

    def count(self, tenant: str, document_id: str, version: str) -> int:
        """Count the chunks of one version."""
        ...

    def delete(
        self, tenant: str, document_id: str, version: str | None, keep_version: str | None
    ) -> int:
        """Delete versions, in one transaction; return how many chunks that were."""
        ...

    def context(self, tenant: str, chunk_ids: Sequence[str], limit: int) -> Context:
        """Return what is related to the chunks."""
        ...

    def mentioning(self, tenant: str, terms: Sequence[str], limit: int) -> Context:
        """Return the chunks that mention the terms."""
        ...


def answer(request: Request, graph: Graph, store: ObjectStore) -> Counted | Context:
    """Carry out a request.

    Raises InvalidRequestError naming the field, NotConfiguredError, UnavailableError.
    """
    match request:
        case IndexRequest():
            with naming_fields():
                chunks = unpack(request.chunks, CHUNKS, store)
            if len({chunk.id for chunk in chunks}) < len(chunks):
                raise InvalidRequestError("chunks: two have the same id")
            graph.index(request.tenant, request.document, chunks)
            return Counted(count=len(chunks))
        case CountRequest():
            return Counted(count=graph.count(request.tenant, request.document_id, request.version))
        case DeleteRequest():
            deleted = graph.delete(
                request.tenant, request.document_id, request.version, request.keep_version
            )
            return Counted(count=deleted)
        case ContextRequest():
            if request.terms:
                return graph.mentioning(request.tenant, request.terms, request.limit)
            return graph.context(request.tenant, request.chunk_ids, request.limit)
