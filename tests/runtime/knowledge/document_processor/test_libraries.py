"""Every request is one that the library function accepts."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import TypeAdapter

from runtime.knowledge.document_processor.libraries import (
    TEXTS_PER_CALL,
    Calls,
    DoclingConverter,
    GraphStore,
    SentenceEmbedder,
    VectorStore,
)
from runtime.knowledge.document_processor.ports import Chunk, Conversion, Edition, UploadedObject
from runtime.libraries.docling.core import REQUEST as CONVERT
from runtime.libraries.neo4j.core import CHUNKS as GRAPH_CHUNKS
from runtime.libraries.neo4j.core import REQUEST as GRAPH
from runtime.libraries.pinecone.core import REQUEST as VECTOR_INDEX
from runtime.libraries.pinecone.core import VECTORS
from runtime.shared.errors import UnavailableError
from runtime.shared.payload import Inline, Payload, unpack
from tests.runtime.knowledge.document_processor.world import DOCUMENT, KEY, version_of
from tests.runtime.knowledge.lambda_functions import Function, Functions

VERSION = version_of("text")
PREFIX = f"{DOCUMENT.document_id}#{VERSION[:16]}#"
ANY_PAYLOAD: TypeAdapter[Payload] = TypeAdapter(Payload)


@dataclass
class Memory:
    """Objects in memory."""

    objects: dict[str, bytes] = field(default_factory=dict)

    def read(self, bucket: str, key: str) -> bytes:
        return self.objects[f"{bucket}/{key}"]

    def write(self, bucket: str, key: str, content: bytes, content_type: str) -> None:  # noqa: ARG002
        self.objects[f"{bucket}/{key}"] = content


def calls(**functions: Function) -> tuple[Calls, Functions]:
    cloud = Functions(dict(functions))
    return Calls(cloud.library(), Memory(), "documents"), cloud


def edition(chunks: int) -> Edition:
    content = Conversion(
        title=None,
        pages=2,
        markdown="text",
        chunks=[
            Chunk(index=index, text="t" * 500, headings=["H"], page=None, keywords=["k"])
            for index in range(chunks)
        ],
    )
    return Edition(DOCUMENT, VERSION, "manual.md", content, [[0.5] * 384] * chunks)


def test_a_conversion_names_exactly_the_version_that_was_looked_at() -> None:
    # given
    def docling(request: dict[str, Any]) -> object:
        CONVERT.validate_python(request)
        chunk = {"index": 0, "text": "t", "headings": [], "page": None, "keywords": []}
        return {
            "title": None,
            "pages": None,
            "markdown": {"kind": "inline", "value": "t"},
            "chunks": {"kind": "inline", "value": [chunk]},
            "chunk_count": 1,
        }

    reached, cloud = calls(docling=docling)
    uploaded = UploadedObject(KEY, "v7", "manual.md", "text/markdown", 1)
    # when
    content = DoclingConverter(reached, "docling").convert(DOCUMENT, VERSION, uploaded)
    # then
    assert (content.markdown, content.chunks[0].page) == ("t", None)
    [(_, request)] = cloud.requests
    assert request["source"] == {"bucket": "documents", "key": KEY, "version_id": "v7"}
    assert request["output"]["prefix"].startswith("work/acme/")


def test_texts_are_embedded_in_calls_that_end_in_time() -> None:
    # given
    sizes: list[int] = []

    def embed(request: dict[str, Any]) -> object:
        texts = ANY_PAYLOAD.validate_python(request["texts"])
        assert isinstance(texts, Inline)
        sizes.append(len(texts.value))
        return {
            "vectors": {"kind": "inline", "value": [[float(len(text))] for text in texts.value]}
        }

    reached, _ = calls(embed=embed)
    texts = ["a" * (index % 7) for index in range(TEXTS_PER_CALL + 5)]
    # when
    vectors = SentenceEmbedder(reached, "embed").embed(DOCUMENT, VERSION, texts)
    # then
    assert sizes == [TEXTS_PER_CALL, 5]
    assert vectors == [[float(len(text))] for text in texts]


def test_a_vector_for_each_text_or_none_at_all() -> None:
    reached, _ = calls(embed=lambda _: {"vectors": {"kind": "inline", "value": []}})
    with pytest.raises(UnavailableError):
        SentenceEmbedder(reached, "embed").embed(DOCUMENT, VERSION, ["a"])


@pytest.mark.parametrize("chunks", [1, 200])
def test_vectors_are_stored_counted_and_deleted_under_their_versions_ids(chunks: int) -> None:
    # given
    seen: list[Any] = []

    def pinecone(request: dict[str, Any]) -> object:
        seen.append(VECTOR_INDEX.validate_python(request))
        return {"count": chunks}

    reached, cloud = calls(pinecone=pinecone)
    store = VectorStore(reached, "pinecone")
    # when
    store.write(edition(chunks))
    counted = store.count(DOCUMENT, VERSION)
    store.delete(DOCUMENT, VERSION)
    store.delete(DOCUMENT, None)
    # then
    vectors = unpack(seen[0].vectors, VECTORS, reached.objects)
    assert [vector.id for vector in vectors] == [f"{PREFIX}{index:05d}" for index in range(chunks)]
    assert vectors[0].metadata["version"] == VERSION
    assert None not in vectors[0].metadata.values()
    assert counted == chunks
    assert [request.get("prefix") for _, request in cloud.requests[1:]] == [
        PREFIX,
        PREFIX,
        f"{DOCUMENT.document_id}#",
    ]
    assert all(request["namespace"] == "acme" for _, request in cloud.requests)


@pytest.mark.parametrize("chunks", [1, 600])
def test_chunks_are_stored_counted_and_deleted_in_the_tenants_graph(chunks: int) -> None:
    # given
    seen: list[Any] = []

    def neo4j(request: dict[str, Any]) -> object:
        seen.append(GRAPH.validate_python(request))
        return {"count": chunks}

    reached, cloud = calls(neo4j=neo4j)
    store = GraphStore(reached, "neo4j")
    # when
    store.write(edition(chunks))
    counted = store.count(DOCUMENT, VERSION)
    store.delete(DOCUMENT, VERSION)
    store.delete(DOCUMENT, None)
    # then
    stored = unpack(seen[0].chunks, GRAPH_CHUNKS, reached.objects)
    assert [chunk.id for chunk in stored] == [f"{PREFIX}{index:05d}" for index in range(chunks)]
    assert seen[0].document.title == "manual.md"
    assert counted == chunks
    assert [request.get("version") for _, request in cloud.requests[1:]] == [VERSION, VERSION, None]
    assert all(request["tenant"] == "acme" for _, request in cloud.requests)
