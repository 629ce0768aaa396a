"""Four operations on vectors and their terms, every one within one namespace."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from runtime.shared.contracts.pinecone import (
    VECTORS,
    Count,
    Counted,
    Delete,
    Match,
    Matches,
    Query,
    Request,
    Terms,
    Upsert,
    Vector,
)
from runtime.shared.errors import InvalidRequestError
from runtime.shared.signed_urls import Transfer, received

# A request to Pinecone carries 2 MB and 1,000 vectors at most
# (https://docs.pinecone.io/reference/api/database-limits); a smaller batch is retried faster.
BATCH_VECTORS = 200
BATCH_BYTES = 1_900_000

DELETE_IDS = 1000
"""Ids that one delete may name."""

FILTERED = ("document_id", "version")
"""Metadata that the terms carry too, for filters; the rest is looked up with the vectors."""


class VectorIndex(Protocol):
    """Vectors and, beside them, terms; `runtime.libraries.pinecone.index` gives the real one."""

    dimension: int

    def upsert(self, namespace: str, vectors: Sequence[Mapping[str, Any]]) -> None:
        """Write one batch of vectors."""
        ...

    def upsert_terms(self, namespace: str, vectors: Sequence[Mapping[str, Any]]) -> None:
        """Write one batch of terms."""
        ...

    def query(
        self, namespace: str, vector: Sequence[float], top_k: int, condition: dict[str, Any] | None
    ) -> list[Match]:
        """Return the nearest neighbours, best first."""
        ...

    def query_terms(
        self, namespace: str, terms: Terms, top_k: int, condition: dict[str, Any] | None
    ) -> dict[str, float]:
        """Return the ids with the most telling terms in common, and their dot products."""
        ...

    def fetch(
        self, namespace: str, ids: Sequence[str]
    ) -> Mapping[str, tuple[Sequence[float], Mapping[str, Any]]]:
        """Return values and metadata of vectors by id; without those that are not there."""
        ...

    def ids(self, namespace: str, prefix: str) -> Iterator[str]:
        """Return the ids of vectors that begin with `prefix`; none without such a namespace."""
        ...

    def ids_with_terms(self, namespace: str, prefix: str) -> Iterator[str]:
        """Return the ids of terms that begin with `prefix`; none without such a namespace."""
        ...

    def delete(self, namespace: str, ids: Sequence[str]) -> None:
        """Delete vectors by id."""
        ...

    def delete_terms(self, namespace: str, ids: Sequence[str]) -> None:
        """Delete terms by id."""
        ...


def answer(request: Request, index: VectorIndex, urls: Transfer) -> Matches | Counted:
    """Carry out a request.

    Pinecone is eventually consistent: what was just written or deleted may be missing from or
    still be in a count or a query for some seconds. A caller that needs certainty asks again.

    Raises InvalidRequestError naming the field, NotConfiguredError, UnavailableError.
    """
    match request:
        case Upsert():
            vectors = received(request.vectors, VECTORS, urls)
            return _upsert(index, request.namespace, vectors)
        case Query():
            _check_dimension("vector", request.vector, index)
            return Matches(matches=_found(index, request))
        case Count():
            within = (request.namespace, request.prefix)
            return Counted(
                count=sum(1 for _ in index.ids(*within)),
                with_terms=sum(1 for _ in index.ids_with_terms(*within)),
            )
        case Delete():
            # All ids first: deleting while listing would move the pages.
            within = (request.namespace, request.prefix)
            ids, with_terms = list(index.ids(*within)), list(index.ids_with_terms(*within))
            for some in _slices(with_terms):
                index.delete_terms(request.namespace, some)
            for some in _slices(ids):
                index.delete(request.namespace, some)
            return Counted(count=len(ids), with_terms=len(with_terms))


def _found(index: VectorIndex, request: Query) -> list[Match]:
    """Search both ways at once, and complete what only the terms found."""
    asked = (request.top_k, request.filter)
    with ThreadPoolExecutor(max_workers=1) as beside:
        by_terms = (
            beside.submit(index.query_terms, request.namespace, request.terms, *asked)
            if request.terms
            else None
        )
        near = index.query(request.namespace, request.vector, *asked)
        scores = by_terms.result() if by_terms else {}
    known = {match.id for match in near}
    missing = [key for key in scores if key not in known]
    stored = index.fetch(request.namespace, missing)
    others = [
        Match(id=key, score=_cosine(request.vector, values), metadata=dict(metadata))
        for key, (values, metadata) in stored.items()
    ]
    return [
        match.model_copy(update={"lexical": scores.get(match.id)})
        for match in sorted([*near, *others], key=lambda match: -match.score)
    ]


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0


def _upsert(index: VectorIndex, namespace: str, vectors: Sequence[Vector]) -> Counted:
    for number, vector in enumerate(vectors):
        _check_dimension(f"vectors.{number}.values", vector.values, index)
    for batch in _batches([_dense(vector) for vector in vectors]):
        index.upsert(namespace, batch)
    terms = [_sparse(vector, vector.terms) for vector in vectors if vector.terms]
    for batch in _batches(terms):
        index.upsert_terms(namespace, batch)
    return Counted(count=len(vectors), with_terms=len(terms))


def _dense(vector: Vector) -> dict[str, Any]:
    # Pinecone has no null: what is unknown is left out.
    metadata = {name: value for name, value in vector.metadata.items() if value is not None}
    return {"id": vector.id, "values": vector.values, "metadata": metadata}


def _sparse(vector: Vector, terms: Terms) -> dict[str, Any]:
    metadata = {name: vector.metadata[name] for name in FILTERED if name in vector.metadata}
    return {"id": vector.id, "sparse_values": terms.model_dump(), "metadata": metadata}


def _check_dimension(field: str, values: Sequence[float], index: VectorIndex) -> None:
    if len(values) != index.dimension:
        raise InvalidRequestError(
            f"{field}: has {len(values)} dimensions, the index has {index.dimension}"
        )


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + DELETE_IDS] for start in range(0, len(ids), DELETE_IDS))


def _batches(entries: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for entry in entries:
        length = len(json.dumps(entry))
        if batch and (len(batch) == BATCH_VECTORS or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += length
    if batch:
        yield batch
