"""Four operations on the graph of documents, every one within one tenant."""

from collections.abc import Sequence
from typing import Protocol

from runtime.shared.contracts.neo4j import (
    CHUNKS,
    Chunk,
    Context,
    ContextRequest,
    Counted,
    CountRequest,
    DeleteRequest,
    Document,
    IndexRequest,
    Request,
)
from runtime.shared.errors import InvalidRequestError
from runtime.shared.signed_urls import Transfer, received


class Graph(Protocol):
    """The graph; `runtime.libraries.neo4j.graph` gives the real one."""

    def index(self, tenant: str, document: Document, chunks: Sequence[Chunk]) -> None:
        """Replace one version of a document, in one transaction."""
        ...

    def count(self, tenant: str, document_id: str, version: str | None) -> int:
        """Count the chunks of one version, or of all."""
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


def answer(request: Request, graph: Graph, urls: Transfer) -> Counted | Context:
    """Carry out a request.

    Raises InvalidRequestError naming the field, NotConfiguredError, UnavailableError.
    """
    match request:
        case IndexRequest():
            chunks = received(request.chunks, CHUNKS, urls)
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
