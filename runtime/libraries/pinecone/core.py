"""Four operations on vectors, every one within one namespace."""

import json
from collections.abc import Iterator, Mapping, Sequence
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


class VectorIndex(Protocol):
    """An index; `runtime.libraries.pinecone.index` gives the real one."""

    dimension: int

    def upsert(self, namespace: str, vectors: Sequence[Mapping[str, Any]]) -> None:
        """Write one batch."""
        ...

    def query(
        self, namespace: str, vector: Sequence[float], top_k: int, condition: dict[str, Any] | None
    ) -> list[Match]:
        """Return the nearest neighbours, best first."""
        ...

    def ids(self, namespace: str, prefix: str) -> Iterator[str]:
        """Return the ids that begin with `prefix`; none if there is no such namespace."""
        ...

    def delete(self, namespace: str, ids: Sequence[str]) -> None:
        """Delete by id."""
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
            return Counted(count=_upsert(index, request.namespace, vectors))
        case Query():
            _check_dimension("vector", request.vector, index)
            found = index.query(request.namespace, request.vector, request.top_k, request.filter)
            return Matches(matches=found)
        case Count():
            return Counted(count=sum(1 for _ in index.ids(request.namespace, request.prefix)))
        case Delete():
            # All ids first: deleting while listing would move the pages.
            ids = list(index.ids(request.namespace, request.prefix))
            for start in range(0, len(ids), DELETE_IDS):
                index.delete(request.namespace, ids[start : start + DELETE_IDS])
            return Counted(count=len(ids))


def _upsert(index: VectorIndex, namespace: str, vectors: Sequence[Vector]) -> int:
    for number, vector in enumerate(vectors):
        _check_dimension(f"vectors.{number}.values", vector.values, index)
    for batch in _batches(vectors):
        index.upsert(namespace, batch)
    return len(vectors)


def _check_dimension(field: str, values: Sequence[float], index: VectorIndex) -> None:
    if len(values) != index.dimension:
        raise InvalidRequestError(
            f"{field}: has {len(values)} dimensions, the index has {index.dimension}"
        )


def _batches(vectors: Sequence[Vector]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for vector in vectors:
        entry = vector.model_dump()
        # Pinecone has no null: what is unknown is left out.
        entry["metadata"] = {
            name: value for name, value in vector.metadata.items() if value is not None
        }
        length = len(json.dumps(entry))
        if batch and (len(batch) == BATCH_VECTORS or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += length
    if batch:
        yield batch
