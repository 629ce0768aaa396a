"""The image functions as the processor calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field, TypeAdapter

from runtime.knowledge.document_processor.ports import Chunk, Conversion, Edition, UploadedObject
from runtime.shared.documents import Document
from runtime.shared.errors import UnavailableError
from runtime.shared.library import Library
from runtime.shared.payload import Destination, ObjectStore, Payload, pack, unpack

TEXTS_PER_CALL = 512
"""About 20 s of embedding on two cores; the function's own limit is 2,048."""

_CHUNKS = TypeAdapter(list[Chunk])
_VECTORS = TypeAdapter(list[list[float]])
_TEXT = TypeAdapter(str)


@dataclass(frozen=True)
class Calls:
    """How library functions are reached, and where large content waits for them."""

    library: Library
    objects: ObjectStore
    bucket: str

    def destination(self, document: Document, version: str) -> Destination:
        """Return the place for content of one version."""
        return Destination(bucket=self.bucket, prefix=document.work_prefix(version))


class DoclingConverter:
    """Implements `ports.Converter`."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def convert(self, document: Document, version: str, uploaded: UploadedObject) -> Conversion:
        """Have exactly this version of the object converted."""
        calls = self._calls
        source = _Source(bucket=calls.bucket, key=uploaded.key, version_id=uploaded.version_id)
        request = _ConvertRequest(
            source=source,
            filename=uploaded.filename,
            output=calls.destination(document, version),
        )
        answer = calls.library.invoke(self._function, request, _ConvertAnswer)
        return Conversion(
            title=answer.title,
            pages=answer.pages,
            markdown=unpack(answer.markdown, _TEXT, calls.objects),
            chunks=unpack(answer.chunks, _CHUNKS, calls.objects),
        )


class SentenceEmbedder:
    """Implements `ports.Embedder`."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def embed(self, document: Document, version: str, texts: Sequence[str]) -> list[list[float]]:
        """Embed the texts in calls of a size that ends well within the function's timeout."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), TEXTS_PER_CALL):
            vectors += self._embed(document, version, start, texts[start : start + TEXTS_PER_CALL])
        if len(vectors) != len(texts):
            raise UnavailableError(f"{len(vectors)} vectors came back for {len(texts)} texts")
        return vectors

    def _embed(
        self, document: Document, version: str, start: int, texts: Sequence[str]
    ) -> list[list[float]]:
        calls = self._calls
        here = calls.destination(document, version)
        place = Destination(bucket=here.bucket, prefix=f"{here.prefix}{start:05d}-")
        request = _EmbedRequest(
            texts=pack(list(texts), "texts", place, calls.objects),
            output=place,
        )
        answer = calls.library.invoke(self._function, request, _EmbedAnswer)
        return unpack(answer.vectors, _VECTORS, calls.objects)


class VectorStore:
    """Implements `ports.CountedStore` with one namespace a tenant."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def write(self, edition: Edition) -> None:
        """Store a vector for each chunk; its metadata is what a search answer shows."""
        place = self._calls.destination(edition.document, edition.version)
        vectors = [
            {
                "id": edition.document.chunk_id(edition.version, chunk.index),
                "values": list(values),
                "metadata": _metadata(edition, chunk),
            }
            for chunk, values in zip(edition.content.chunks, edition.vectors, strict=True)
        ]
        payload = pack(vectors, "upsert", place, self._calls.objects)
        self._ask(edition.document, "upsert", {"vectors": payload})

    def count(self, document: Document, version: str) -> int:
        """Return how many vectors of this version the index lists."""
        return self._ask(document, "count", {"prefix": document.version_prefix(version)})

    def delete(self, document: Document, version: str | None) -> None:
        """Remove the vectors of one version, or of all."""
        prefix = document.version_prefix(version) if version else document.id_prefix
        self._ask(document, "delete", {"prefix": prefix})

    def _ask(self, document: Document, operation: str, fields: Mapping[str, object]) -> int:
        request = _Operation.model_validate(
            {"operation": operation, "namespace": document.tenant, **fields},
        )
        return self._calls.library.invoke(self._function, request, _Count).count


class GraphStore:
    """Implements `ports.CountedStore` with a graph in which every node has its tenant."""

    def __init__(self, calls: Calls, function: str) -> None:
        self._calls, self._function = calls, function

    def write(self, edition: Edition) -> None:
        """Store the document's version, its sections, chunks and the entities they mention."""
        document, content = edition.document, edition.content
        chunks = [
            {"id": document.chunk_id(edition.version, chunk.index), **chunk.model_dump()}
            for chunk in content.chunks
        ]
        place = self._calls.destination(document, edition.version)
        node = {
            "id": document.document_id,
            "version": edition.version,
            "title": content.title or edition.filename,
            "filename": edition.filename,
        }
        payload = pack(chunks, "graph", place, self._calls.objects)
        self._ask(document, "index", {"document": node, "chunks": payload})

    def count(self, document: Document, version: str) -> int:
        """Return how many chunks of this version the graph holds."""
        chosen = {"document_id": document.document_id, "version": version}
        return self._ask(document, "count", chosen)

    def delete(self, document: Document, version: str | None) -> None:
        """Remove one version of the document, or all."""
        chosen = {"version": version} if version else {}
        self._ask(document, "delete", {"document_id": document.document_id, **chosen})

    def _ask(self, document: Document, operation: str, fields: Mapping[str, object]) -> int:
        request = _Operation.model_validate(
            {"operation": operation, "tenant": document.tenant, **fields},
        )
        return self._calls.library.invoke(self._function, request, _Count).count


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


class _Source(BaseModel):
    bucket: str
    key: str
    version_id: str


class _ConvertRequest(BaseModel):
    source: _Source
    filename: str
    output: Destination


class _ConvertAnswer(BaseModel):
    title: str | None
    pages: int | None
    markdown: Payload
    chunks: Payload


class _EmbedRequest(BaseModel):
    texts: Payload
    output: Destination


class _EmbedAnswer(BaseModel):
    vectors: Payload


class _Operation(BaseModel, extra="allow"):
    operation: str


class _Count(BaseModel):
    count: int = Field(ge=0)
