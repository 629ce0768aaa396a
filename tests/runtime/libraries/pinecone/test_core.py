"""The function's meaning, with the real client against the stand-in."""

from collections.abc import Iterator

import pytest

from rampart_local.standins.pinecone import PineconeStandin
from runtime.libraries.pinecone.core import answer
from runtime.libraries.pinecone.index import PineconeIndex
from runtime.shared.contracts.pinecone import REQUEST, Counted, Matches
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError
from runtime.shared.requests import decode
from tests.runtime.libraries.fake_urls import FakeUrls


@pytest.fixture(scope="module")
def service() -> Iterator[PineconeStandin]:
    with PineconeStandin() as running:
        yield running


@pytest.fixture
def index(service: PineconeStandin) -> PineconeIndex:
    return PineconeIndex(service.api_key, service.url, "passages", 3)


def ask(index: PineconeIndex, operation: str, **fields: object) -> Counted | Matches:
    return answer(decode(REQUEST, {"operation": operation, **fields}), index, FakeUrls())


def upsert(index: PineconeIndex, namespace: str, *vectors: dict[str, object]) -> Counted | Matches:
    payload = {"kind": "inline", "value": list(vectors)}
    return ask(index, "upsert", namespace=namespace, vectors=payload)


def vector(key: str, *values: float, **metadata: object) -> dict[str, object]:
    return {"id": key, "values": list(values), "metadata": metadata}


def test_vectors_are_written_found_counted_and_deleted(index: PineconeIndex) -> None:
    # given
    written = upsert(
        index,
        "acme",
        vector("d1#v1#00000", 1, 0, 0, page=3, headings=["One"], title=None),
        vector("d1#v2#00000", 0, 1, 0, page=4, headings=[]),
        vector("d2#v1#00000", 0, 0, 1),
    )

    # when
    found = ask(index, "query", namespace="acme", vector=[1, 0.2, 0], top_k=2)
    counted = ask(index, "count", namespace="acme", prefix="d1#")
    deleted = ask(index, "delete", namespace="acme", prefix="d1#v1#")
    left = ask(index, "count", namespace="acme", prefix="d1#")

    # then: what is unknown is left out, because Pinecone has no null
    assert isinstance(found, Matches)
    assert [match.id for match in found.matches] == ["d1#v1#00000", "d1#v2#00000"]
    assert found.matches[0].metadata == {"page": 3, "headings": ["One"]}
    assert (written, counted, deleted, left) == (
        Counted(count=3), Counted(count=2), Counted(count=1), Counted(count=1)
    )  # fmt: skip


def with_terms(key: str, values: list[float], weights: dict[int, float]) -> dict[str, object]:
    terms = {"indices": list(weights), "values": list(weights.values())}
    metadata = {"document_id": "d", "version": key[3:5], "text": key}
    return {"id": key, "values": values, "terms": terms, "metadata": metadata}


def test_what_only_the_terms_find_comes_with_its_similarity_and_text(index: PineconeIndex) -> None:
    # given
    upsert(
        index,
        "words",
        with_terms("w1#v1#0", [1, 0, 0], {5: 1.0}),
        with_terms("w1#v1#1", [0.6, 0.8, 0], {6: 2.0}),
        with_terms("w1#v2#2", [0, 0, 1], {6: 9.0}),
    )
    asked = {"namespace": "words", "vector": [1, 0, 0], "top_k": 1}
    terms = {"indices": [6], "values": [0.5]}

    # when
    both = ask(index, "query", **asked, terms=terms, filter={"version": {"$nin": ["v2"]}})
    alone = ask(index, "query", **asked)

    # then
    assert isinstance(both, Matches)
    found = [(one.id, round(one.score, 3), one.lexical) for one in both.matches]
    assert found == [("w1#v1#0", 1.0, None), ("w1#v1#1", 0.6, 1.0)]
    assert both.matches[1].metadata["text"] == "w1#v1#1"
    assert isinstance(alone, Matches)
    assert [one.id for one in alone.matches] == ["w1#v1#0"]


def test_terms_are_counted_and_deleted_with_their_vectors(index: PineconeIndex) -> None:
    # given: one vector was stored before there were terms
    upsert(index, "erased", with_terms("e1#v1#0", [1, 0, 0], {5: 1.0}), vector("e1#v1#1", 0, 1, 0))

    # when
    counted = ask(index, "count", namespace="erased", prefix="e1#")
    deleted = ask(index, "delete", namespace="erased", prefix="e1#")
    left = ask(index, "count", namespace="erased", prefix="e1#")

    # then
    assert counted == deleted == Counted(count=2, with_terms=1)
    assert left == Counted(count=0, with_terms=0)


def test_a_namespace_that_never_was_is_empty(index: PineconeIndex) -> None:
    assert ask(index, "query", namespace="nobody", vector=[1, 0, 0], top_k=3) == Matches(matches=[])
    assert ask(index, "count", namespace="nobody", prefix="d") == Counted(count=0)
    assert ask(index, "delete", namespace="nobody", prefix="d") == Counted(count=0)


def test_one_tenant_never_sees_anothers_vectors(index: PineconeIndex) -> None:
    # given
    upsert(index, "globex", vector("secret#1", 1, 0, 0))

    # then
    found = ask(index, "query", namespace="initech", vector=[1, 0, 0], top_k=10)
    assert found == Matches(matches=[])
    assert ask(index, "delete", namespace="initech", prefix="secret#") == Counted(count=0)
    assert ask(index, "count", namespace="globex", prefix="secret#") == Counted(count=1)


def test_more_vectors_than_a_request_may_carry_go_in_batches(index: PineconeIndex) -> None:
    # given: 1,205 vectors with metadata of 3 kB each, 3.6 MB together
    many = [vector(f"many#{n:05}", 1, 0, n, text="x" * 3000) for n in range(1205)]

    # then
    assert upsert(index, "batches", *many) == Counted(count=1205)
    assert ask(index, "count", namespace="batches", prefix="many#") == Counted(count=1205)
    assert ask(index, "delete", namespace="batches", prefix="many#") == Counted(count=1205)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"operation": "query", "namespace": "acme", "vector": [1, 0], "top_k": 1}, "vector"),
        ({"operation": "query", "namespace": "Acme!", "vector": [1], "top_k": 1}, "namespace"),
        ({"operation": "query", "namespace": "acme", "vector": [1], "top_k": 0}, "top_k"),
        ({"operation": "delete", "namespace": "acme", "prefix": ""}, "prefix"),
        ({"operation": "count", "namespace": "acme", "prefix": "a", "all": True}, "all"),
        ({"operation": "drop", "namespace": "acme"}, "operation"),
        (
            {
                "operation": "upsert",
                "namespace": "acme",
                "vectors": {"kind": "inline", "value": [{"id": "\u00e9", "values": [1, 0, 0]}]},
            },
            "0.id",
        ),
    ],
)
def test_a_wrong_request_is_refused_by_field(
    index: PineconeIndex, request_: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidRequestError, match=field):
        answer(decode(REQUEST, request_), index, FakeUrls())


def test_an_index_of_another_dimension_is_not_configured(
    service: PineconeStandin, index: PineconeIndex
) -> None:
    with pytest.raises(NotConfiguredError, match=f"not have {index.dimension + 1} dimensions"):
        PineconeIndex(service.api_key, service.url, "passages", index.dimension + 1)


def test_a_refused_key_is_not_configured(service: PineconeStandin) -> None:
    with pytest.raises(NotConfiguredError, match="refused the API key"):
        PineconeIndex("pcsk_expired", service.url, "passages", 3)


def test_a_service_that_is_gone_is_unavailable() -> None:
    # given
    with PineconeStandin() as service:
        index = PineconeIndex(service.api_key, service.url, "passages", 3)
    # then
    with pytest.raises(UnavailableError):
        ask(index, "query", namespace="acme", vector=[1, 0, 0], top_k=1)
