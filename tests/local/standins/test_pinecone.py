"""The stand-in, seen through Pinecone's real client: what the client does there it does here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pinecone import (
    ApiError,
    ConflictError,
    Index,
    NotFoundError,
    Pinecone,
    PineconeConnectionError,
    RetryConfig,
    UnauthorizedError,
)

from rampart_local.standins.pinecone import PineconeStandin

ONCE = RetryConfig(max_retries=0)
SCHEMA = {"fields": {"_values": {"type": "dense_vector", "dimension": 3, "metric": "cosine"}}}


@pytest.fixture
def service() -> Iterator[PineconeStandin]:
    with PineconeStandin() as running:
        yield running


def client(service: PineconeStandin, key: str | None = None) -> Pinecone:
    return Pinecone(api_key=key or service.api_key, host=service.url, retry_config=ONCE)


@pytest.fixture
def index(service: PineconeStandin) -> Index:
    client(service).indexes.create(name="papers", schema=SCHEMA)
    return client(service).index("papers")


def test_a_wrong_key_is_refused_everywhere(service: PineconeStandin) -> None:
    with pytest.raises(UnauthorizedError):
        client(service, "guessed").indexes.describe("papers")


def test_an_index_is_made_once_and_described(service: PineconeStandin) -> None:
    # given
    indexes = client(service).indexes

    # when
    with pytest.raises(NotFoundError):
        indexes.describe("papers")
    indexes.create(name="papers", schema=SCHEMA)

    # then
    assert indexes.describe("papers").status.ready
    with pytest.raises(ConflictError):
        indexes.create(name="papers", schema=SCHEMA)


def test_neighbours_come_best_first_and_obey_the_filter(index: Index) -> None:
    # given
    index.upsert(
        namespace="acme",
        vectors=[
            {"id": "east", "values": [1, 0, 0], "metadata": {"year": 2020, "tags": ["a", "b"]}},
            {"id": "north-east", "values": [1, 1, 0], "metadata": {"year": 2024, "tags": ["b"]}},
            {"id": "up", "values": [0, 0, 1], "metadata": {"year": 2025}},
        ],
    )

    def found(**condition: object) -> list[str]:
        answer = index.query(
            namespace="acme", vector=[1, 0.1, 0], top_k=3, filter=condition, include_metadata=True
        )
        return [match.id for match in answer.matches]

    # then
    assert found() == ["east", "north-east", "up"]
    assert found(year={"$gte": 2024}) == ["north-east", "up"]
    assert found(tags={"$in": ["a"]}) == ["east"]
    assert found(**{"$or": [{"tags": "a"}, {"year": {"$eq": 2025}}]}) == ["east", "up"]
    assert found(tags={"$exists": False}) == ["up"]
    assert index.query(namespace="globex", vector=[1, 0, 0], top_k=3).matches == []
    with pytest.raises(ApiError):
        found(year={"$near": 2024})


def test_a_vector_of_another_dimension_is_refused(index: Index) -> None:
    with pytest.raises(ApiError, match="dimension 2 does not match") as refused:
        index.upsert(namespace="acme", vectors=[{"id": "flat", "values": [1, 0]}])
    assert refused.value.status_code == 400
    with pytest.raises(ApiError):
        index.query(namespace="acme", vector=[1, 0], top_k=1)


def test_ids_are_listed_by_prefix_in_pages(index: Index) -> None:
    # given
    vectors = [{"id": f"a#{n:03}", "values": [1, 0, 0]} for n in range(230)]
    index.upsert(namespace="acme", vectors=[*vectors, {"id": "b#001", "values": [1, 0, 0]}])

    # when
    pages = list(index.list(prefix="a#", namespace="acme"))

    # then
    assert [len(page.vectors) for page in pages] == [100, 100, 30]
    assert [item.id for page in pages for item in page.vectors] == [v["id"] for v in vectors]


def test_deleting_leaves_the_rest_and_needs_the_namespace(index: Index) -> None:
    # given
    index.upsert(
        namespace="acme", vectors=[{"id": n, "values": [1, 0, 0]} for n in ("a", "b", "c")]
    )

    # when
    index.delete(namespace="acme", ids=["a", "unknown"])

    # then
    assert [item.id for page in index.list(namespace="acme") for item in page.vectors] == ["b", "c"]
    with pytest.raises(NotFoundError):
        index.delete(namespace="globex", ids=["a"])


def test_vectors_key_and_address_survive_a_restart(tmp_path: Path) -> None:
    # given
    with PineconeStandin(tmp_path) as first:
        before = dict(first.values())
        client(first).indexes.create(name="papers", schema=SCHEMA)
        client(first).index("papers").upsert(
            namespace="acme", vectors=[{"id": "a", "values": [1, 2, 3], "metadata": {"page": 4}}]
        )

    # when
    with PineconeStandin(tmp_path) as second:
        after = dict(second.values())
        found = (
            client(second)
            .index("papers")
            .query(
                namespace="acme",
                vector=[1, 2, 3],
                top_k=1,
                include_values=True,
                include_metadata=True,
            )
        )

    # then
    assert before == after
    assert [(m.id, list(m.values), m.metadata) for m in found.matches] == [
        ("a", [1, 2, 3], {"page": 4})
    ]
    assert (tmp_path / "api-key.secret").stat().st_mode & 0o077 == 0


def test_nothing_answers_after_it_stopped(service: PineconeStandin) -> None:
    # when
    service.stop()

    # then
    with pytest.raises(PineconeConnectionError):
        client(service).indexes.describe("papers")


SPARSE = {"fields": {"_sparse_values": {"type": "sparse_vector"}}}


@pytest.fixture
def words(service: PineconeStandin) -> Index:
    client(service).indexes.create(name="words", schema=SPARSE)
    return client(service).index("words")


def sparse(key: str, weights: dict[int, float], **metadata: str) -> dict[str, object]:
    values = {"indices": list(weights), "values": list(weights.values())}
    return {"id": key, "sparse_values": values, "metadata": metadata}


def asked(weights: dict[int, float]) -> dict[str, list[int] | list[float]]:
    return {"indices": list(weights), "values": list(weights.values())}


def test_a_sparse_index_ranks_by_dot_product_and_returns_only_what_has_a_dimension_in_common(
    words: Index,
) -> None:
    # given
    words.upsert(
        vectors=[
            sparse("a", {7: 1.0, 4_294_967_295: 0.5}, version="1"),
            sparse("b", {7: 2.0}, version="2"),
            sparse("c", {8: 9.0}, version="1"),
        ]
    )

    # when
    found = words.query(sparse_vector=asked({7: 1.0, 4_294_967_295: 4.0}), top_k=5)
    filtered = words.query(
        sparse_vector=asked({7: 1.0}), top_k=5, filter={"version": {"$nin": ["2"]}}
    )

    # then
    assert [(match.id, match.score) for match in found.matches] == [("a", 3.0), ("b", 2.0)]
    assert [match.id for match in filtered.matches] == ["a"]


def test_an_index_takes_vectors_of_its_own_kind_alone(index: Index, words: Index) -> None:
    with pytest.raises(ApiError, match="does not support sparse"):
        index.upsert(
            vectors=[{"id": "a", "values": [1.0, 0.0, 0.0], "sparse_values": asked({1: 1.0})}]
        )
    with pytest.raises(ApiError, match="sparse"):
        words.upsert(vectors=[{"id": "a", "values": [1.0, 0.0, 0.0]}])


def test_vectors_are_fetched_by_id_without_those_that_are_not_there(index: Index) -> None:
    # given
    index.upsert(vectors=[{"id": "d#1", "values": [0.0, 1.0, 0.0], "metadata": {"text": "é"}}])

    # when
    found = index.fetch(ids=["d#1", "d#2"])

    # then
    assert list(found.vectors) == ["d#1"]
    assert list(found.vectors["d#1"].values) == [0.0, 1.0, 0.0]
    assert found.vectors["d#1"].metadata == {"text": "é"}


def test_sparse_vectors_outlive_the_server(tmp_path: Path) -> None:
    # given
    with PineconeStandin(tmp_path) as first:
        client(first).indexes.create(name="words", schema=SPARSE)
        client(first).index("words").upsert(vectors=[sparse("a", {4_294_967_295: 0.25})])

    # when
    with PineconeStandin(tmp_path) as second:
        found = (
            client(second).index("words").query(sparse_vector=asked({4_294_967_295: 2.0}), top_k=1)
        )

    # then
    assert [(match.id, match.score) for match in found.matches] == [("a", 0.5)]
