"""The image functions as the processor calls them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from runtime.knowledge.document_processor.ports import (
    Chunk,
    Conversion,
    Edition,
    UploadedObject,
    in_context,
)
from runtime.shared.contracts import docling, neo4j, pinecone, sentence_transformer
from runtime.shared.documents import Document
from runtime.shared.errors import UnavailableError
from runtime.shared.lexical import passage_vector
from runtime.shared.library import Library
from runtime.shared.objects import Objects
from runtime.shared.work_folder import UrlSigner, WorkFolder

TEXTS_PER_CALL = 512
"""About 20 s of embedding on two cores; the function's own limit is 2,048."""


@dataclass(frozen=True)
class Calls:
    """How library functions are reached, and where large content waits for them."""

    library: Library
    signer: UrlSigner
    objects: Objects
    bucket: str

    def folder(self, document: Document, version: str, part: str = "") -> WorkFolder:
        """Return the place for content of one version, or of a part of it."""
        prefix = f"{document.work_prefix(version)}{part}"
        return WorkFolder(self.signer, self.objects, self.bucket, prefix)


class DoclingConverter:
    """Implements `ports.Converter`."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def convert(self, document: Document, version: str, uploaded: UploadedObject) -> Conversion:
        """Have exactly this version of the object converted."""
        calls, folder = self._calls, self._calls.folder(document, version)

        def request() -> docling.ConvertRequest:
            return docling.ConvertRequest(
                source_url=calls.signer.to_read(calls.bucket, uploaded.key, uploaded.version_id),
                filename=uploaded.filename,
                markdown_url=folder.place("markdown"),
                chunks_url=folder.place("chunks"),
            )

        answer = calls.library.invoke(self._function, request, docling.ConvertAnswer)
        return Conversion(
            title=answer.title,
            pages=answer.pages,
            markdown=folder.result("markdown", answer.markdown, docling.MARKDOWN),
            chunks=folder.result("chunks", answer.chunks, docling.CHUNKS),
        )


class SentenceEmbedder:
    """Implements `ports.Embedder`."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def embed(self, document: Document, version: str, texts: Sequence[str]) -> list[list[float]]:
        """Embed the texts in calls of a size that ends well within the function's timeout."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), TEXTS_PER_CALL):
            folder = self._calls.folder(document, version, f"{start:05d}-")
            vectors += self._embed(folder, texts[start : start + TEXTS_PER_CALL])
        if len(vectors) != len(texts):
            raise UnavailableError(f"{len(vectors)} vectors came back for {len(texts)} texts")
        return vectors

    def _embed(self, folder: WorkFolder, texts: Sequence[str]) -> list[list[float]]:
        offered = folder.offered("texts", list(texts))

        def request() -> sentence_transformer.EmbedRequest:
            return sentence_transformer.EmbedRequest(
                texts=offered.content(), vectors_url=folder.place("vectors")
            )

        answer = self._calls.library.invoke(
            self._function, request, sentence_transformer.EmbedAnswer
        )
        return folder.result("vectors", answer.vectors, sentence_transformer.VECTORS)


class VectorStore:
    """Implements `ports.CountedStore` with one namespace a tenant."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def write(self, edition: Edition) -> None:
        """Store a vector for each chunk; its metadata is what a search answer shows."""
        document, version = edition.document, edition.version
        vectors = [
            pinecone.Vector(
                id=document.chunk_id(version, chunk.index),
                values=list(values),
                terms=_terms(in_context(chunk)),
                metadata=_metadata(edition, chunk),
            ).model_dump()
            for chunk, values in zip(edition.content.chunks, edition.vectors, strict=True)
        ]
        offered = self._calls.folder(document, version).offered("upsert", vectors)

        self._ask(lambda: pinecone.Upsert(namespace=document.tenant, vectors=offered.content()))

    def count(self, document: Document, version: str | None) -> int:
        """Return how many passages of one version both searches find, or what is left of all."""
        prefix = document.version_prefix(version) if version else document.id_prefix
        counted = self._ask(lambda: pinecone.Count(namespace=document.tenant, prefix=prefix))
        counts = (counted.count, counted.with_terms)
        return min(counts) if version else max(counts)

    def delete(self, document: Document, version: str | None) -> None:
        """Remove the vectors of one version, or of all."""
        prefix = document.version_prefix(version) if version else document.id_prefix
        self._ask(lambda: pinecone.Delete(namespace=document.tenant, prefix=prefix))

    def _ask(self, request: Callable[[], pinecone.Request]) -> pinecone.Counted:
        return self._calls.library.invoke(self._function, request, pinecone.Counted)


class GraphStore:
    """Implements `ports.CountedStore` with a graph in which every node has its tenant."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def write(self, edition: Edition) -> None:
        """Store the document's version, its sections, chunks and the entities they mention."""
        document, content = edition.document, edition.content
        chunks = [
            neo4j.Chunk(
                id=document.chunk_id(edition.version, chunk.index), **chunk.model_dump()
            ).model_dump()
            for chunk in content.chunks
        ]
        offered = self._calls.folder(document, edition.version).offered("graph", chunks)

        def request() -> neo4j.IndexRequest:
            node = neo4j.Document(
                id=document.document_id,
                version=edition.version,
                title=content.title or edition.filename,
                filename=edition.filename,
            )
            return neo4j.IndexRequest(
                tenant=document.tenant, document=node, chunks=offered.content()
            )

        self._ask(request)

    def count(self, document: Document, version: str | None) -> int:
        """Return how many chunks of one version the graph holds, or of all."""
        return self._ask(
            lambda: neo4j.CountRequest(
                tenant=document.tenant, document_id=document.document_id, version=version
            )
        )

    def delete(self, document: Document, version: str | None) -> None:
        """Remove one version of the document, or all."""
        self._ask(
            lambda: neo4j.DeleteRequest(
                tenant=document.tenant, document_id=document.document_id, version=version
            )
        )

    def _ask(self, request: Callable[[], neo4j.Request]) -> int:
        return self._calls.library.invoke(self._function, request, neo4j.Counted).count


def _terms(text: str) -> pinecone.Terms:
    vector = passage_vector(text)
    return pinecone.Terms(indices=vector.indices, values=vector.values)


def _metadata(edition: Edition, chunk: Chunk) -> dict[str, str | int | list[str]]:
    """Return a vector's metadata; vector stores take no nulls, so an unknown page is left out."""
    page = {} if chunk.page is None else {"page": chunk.page}
    return {
        "document_id": edition.document.document_id,
        "version": edition.version,
        "index": chunk.index,
        "text": chunk.text,
        "headings": chunk.headings,
        "filename": edition.filename,
        **page,
    }
