"""Every request is one that the library function accepts, and every answer one it gives."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import pytest

from runtime.knowledge.document_processor.libraries import (
    TEXTS_PER_CALL,
    Calls,
    DoclingConverter,
    GraphStore,
    SentenceEmbedder,
    VectorStore,
)
from runtime.knowledge.document_processor.ports import (
    Chunk,
    Conversion,
    Edition,
    UploadedObject,
    in_context,
)
from runtime.shared.contracts import docling, neo4j, pinecone, sentence_transformer
from runtime.shared.contracts.content import Content, Inline, Left
from runtime.shared.errors import ExpiredUrlError, UnavailableError
from runtime.shared.lexical import passage_vector
from runtime.shared.objects import Objects
from runtime.shared.work_folder import UrlSigner
from tests.runtime.knowledge.document_processor.world import DOCUMENT, KEY, version_of
from tests.runtime.knowledge.lambda_functions import Function, Functions

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

VERSION = version_of("text")
PREFIX = f"{DOCUMENT.document_id}#{VERSION[:16]}#"


@dataclass
class Bucket:
    """S3 with one bucket; a signed URL is the object's key and what it is for."""

    objects: dict[str, bytes] = field(default_factory=dict[str, bytes])
    signed: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def put_object(self, **request: Any) -> None:  # noqa: ANN401
        self.objects[request["Key"]] = request["Body"]

    def get_object(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"Body": BytesIO(self.objects[request["Key"]])}

    def generate_presigned_url(self, operation: str, **request: Any) -> str:  # noqa: ANN401
        self.signed.append({"operation": operation, **request})
        return f"https://{operation}/{request['Params']['Key']}?{len(self.signed)}"


def calls(**functions: Function) -> tuple[Calls, Functions, Bucket]:
    cloud, bucket = Functions(dict(functions)), Bucket()
    s3 = cast("S3Client", bucket)
    return Calls(cloud.library(), UrlSigner(s3, 330), Objects(s3), "documents"), cloud, bucket


def sent(content: Content, bucket: Bucket) -> Any:  # noqa: ANN401
    """Return a request's content, as the function gets it."""
    if isinstance(content, Inline):
        return content.value
    place = urlsplit(content.url.get_secret_value())
    assert place.netloc == "get_object"
    return json.loads(bucket.objects[place.path[1:]])


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


UPLOADED = UploadedObject(KEY, "v7", "manual.md", "text/markdown", 1)
CHUNK = docling.Chunk(index=0, text="t", headings=[], page=None, keywords=[])


def converted(markdown: Inline | Left, chunks: Inline | Left) -> object:
    answer = docling.ConvertAnswer(
        title=None, pages=None, markdown=markdown, chunks=chunks, chunk_count=1
    )
    return answer.model_dump(mode="json")


def test_a_conversion_reads_exactly_the_version_that_was_looked_at() -> None:
    # given
    def convert(request: dict[str, Any]) -> object:
        docling.REQUEST.validate_python(request)
        return converted(Inline(value="t"), Inline(value=[CHUNK.model_dump()]))

    reached, cloud, bucket = calls(docling=convert)
    # when
    content = DoclingConverter(reached, "docling").convert(DOCUMENT, VERSION, UPLOADED)
    # then
    assert (content.markdown, content.chunks) == ("t", [CHUNK])
    source, *results = bucket.signed
    assert source["Params"] == {"Bucket": "documents", "Key": KEY, "VersionId": "v7"}
    assert [each["operation"] for each in results] == ["put_object", "put_object"]
    assert all(each["Params"]["Key"].startswith("work/acme/") for each in results)
    assert {each["ExpiresIn"] for each in bucket.signed} == {330}
    [(_, request)] = cloud.requests
    assert request["source_url"].startswith(f"https://get_object/{KEY}?")


def test_a_conversion_that_is_too_large_for_a_message_is_found_where_it_was_left() -> None:
    # given
    def left(request: dict[str, Any]) -> object:
        asked = docling.REQUEST.validate_python(request)
        for url, value in ((asked.markdown_url, "text"), (asked.chunks_url, [CHUNK.model_dump()])):
            key = urlsplit(url.get_secret_value()).path[1:]
            bucket.objects[key] = json.dumps(value).encode()
        return converted(Left(), Left())

    reached, _, bucket = calls(docling=left)
    # when
    content = DoclingConverter(reached, "docling").convert(DOCUMENT, VERSION, UPLOADED)
    # then
    assert (content.markdown, content.chunks) == ("text", [CHUNK])


def test_a_url_that_expired_is_signed_again() -> None:
    # given
    seen: list[str] = []

    def convert(request: dict[str, Any]) -> object:
        seen.append(request["source_url"])
        if len(seen) == 1:
            raise ExpiredUrlError("the signed URL has expired")
        return converted(Inline(value="t"), Inline(value=[CHUNK.model_dump()]))

    cloud, bucket = Functions({"docling": convert}), Bucket()
    s3 = cast("S3Client", bucket)
    reached = Calls(cloud.library(attempts=2), UrlSigner(s3, 330), Objects(s3), "documents")
    # when
    DoclingConverter(reached, "docling").convert(DOCUMENT, VERSION, UPLOADED)
    # then
    assert len(set(seen)) == 2


def embedded(vectors: list[list[float]]) -> object:
    answer = sentence_transformer.EmbedAnswer(
        model="m", dimension=1, count=len(vectors), vectors=Inline(value=vectors)
    )
    return answer.model_dump(mode="json")


def test_texts_are_embedded_in_calls_that_end_in_time() -> None:
    # given
    sizes: list[int] = []

    def embed(request: dict[str, Any]) -> object:
        asked = sentence_transformer.REQUEST.validate_python(request)
        texts = sent(asked.texts, bucket)
        sizes.append(len(texts))
        return embedded([[float(len(text))] for text in texts])

    reached, _, bucket = calls(embed=embed)
    texts = ["a" * (index % 700) for index in range(TEXTS_PER_CALL + 5)]
    # when
    vectors = SentenceEmbedder(reached, "embed").embed(DOCUMENT, VERSION, texts)
    # then
    assert sizes == [TEXTS_PER_CALL, 5]
    assert vectors == [[float(len(text))] for text in texts]
    signed = [each["Params"]["Key"] for each in bucket.signed if each["operation"] == "put_object"]
    assert len(set(signed)) == 2


def test_a_vector_for_each_text_or_none_at_all() -> None:
    reached, _, _ = calls(embed=lambda _: embedded([]))
    with pytest.raises(UnavailableError):
        SentenceEmbedder(reached, "embed").embed(DOCUMENT, VERSION, ["a"])


@pytest.mark.parametrize("chunks", [1, 200])
def test_vectors_are_stored_counted_and_deleted_under_their_versions_ids(chunks: int) -> None:
    # given
    seen: list[Any] = []

    def store_vectors(request: dict[str, Any]) -> object:
        seen.append(pinecone.REQUEST.validate_python(request))
        return {"count": chunks, "with_terms": chunks}

    reached, cloud, bucket = calls(pinecone=store_vectors)
    store = VectorStore(reached, "pinecone")
    # when
    store.write(edition(chunks))
    counted = store.count(DOCUMENT, VERSION)
    store.delete(DOCUMENT, VERSION)
    store.delete(DOCUMENT, None)
    # then
    vectors = pinecone.VECTORS.validate_python(sent(seen[0].vectors, bucket))
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


def test_a_version_counts_when_both_searches_find_it_and_is_gone_when_neither_does() -> None:
    # given
    reached, _, _ = calls(pinecone=lambda _: {"count": 3, "with_terms": 2})
    store = VectorStore(reached, "pinecone")

    # then
    assert store.count(DOCUMENT, VERSION) == 2
    assert store.count(DOCUMENT, None) == 3


def test_the_words_of_a_passage_and_of_its_headings_are_stored() -> None:
    # given
    seen: list[Any] = []

    def store_vectors(request: dict[str, Any]) -> object:
        seen.append(pinecone.REQUEST.validate_python(request))
        return {"count": 1, "with_terms": 1}

    reached, _, bucket = calls(pinecone=store_vectors)
    written = edition(1)

    # when
    VectorStore(reached, "pinecone").write(written)

    # then
    (vector,) = pinecone.VECTORS.validate_python(sent(seen[0].vectors, bucket))
    expected = passage_vector(in_context(written.content.chunks[0]))
    assert vector.terms == pinecone.Terms(indices=expected.indices, values=expected.values)


@pytest.mark.parametrize("chunks", [1, 600])
def test_chunks_are_stored_counted_and_deleted_in_the_tenants_graph(chunks: int) -> None:
    # given
    seen: list[Any] = []

    def index(request: dict[str, Any]) -> object:
        seen.append(neo4j.REQUEST.validate_python(request))
        return {"count": chunks}

    reached, cloud, bucket = calls(neo4j=index)
    store = GraphStore(reached, "neo4j")
    # when
    store.write(edition(chunks))
    counted = store.count(DOCUMENT, VERSION)
    store.delete(DOCUMENT, VERSION)
    store.delete(DOCUMENT, None)
    # then
    stored = neo4j.CHUNKS.validate_python(sent(seen[0].chunks, bucket))
    assert [chunk.id for chunk in stored] == [f"{PREFIX}{index:05d}" for index in range(chunks)]
    assert seen[0].document.title == "manual.md"
    assert counted == chunks
    assert [request.get("version") for _, request in cloud.requests[1:]] == [VERSION, VERSION, None]
    assert all(request["tenant"] == "acme" for _, request in cloud.requests)
