"""Four operations on vectors, every one within one namespace."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from runtime.shared.errors import InvalidRequestError
from runtime.shared.payload import ObjectStore, Payload, unpack
from runtime.shared.requests import naming_fields

# A request to Pinecone carries 2 MB and 1,000 vectors at most
# (https://docs.pinecone.io/reference/api/database-limits); a smaller batch is retried faster.
BATCH_VECTORS = 200
BATCH_BYTES = 1_900_000

DELETE_IDS = 1000
"""Ids that one delete may name."""


class Vector(BaseModel):
    """A vector with its id and what a search should return with it."""

    model_config = ConfigDict(extra="forbid")

    # Pinecone's ids are ASCII (https://docs.pinecone.io/reference/api/database-limits).
    id: str = Field(min_length=1, max_length=512, pattern=r"^[\x20-\x7e]+$")
    values: list[float]
    metadata: dict[str, Any] = Field(default_factory=dict[str, Any])


class InNamespace(BaseModel):
    """Every request names its namespace: there is no default one to fall into."""

    model_config = ConfigDict(extra="forbid")

    namespace: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")


class Upsert(InNamespace):
    """Write vectors; those whose ids exist are replaced."""

    operation: Literal["upsert"]
    vectors: Payload


class Query(InNamespace):
    """Find the nearest neighbours."""

    operation: Literal["query"]
    vector: list[float]
    top_k: int = Field(ge=1, le=100)
    filter: dict[str, Any] | None = None


class Count(InNamespace):
    """Count the vectors whose ids begin with a prefix."""

    operation: Literal["count"]
    prefix: str = Field(min_length=1, max_length=512)


class Delete(InNamespace):
    """Delete the vectors whose ids begin with a prefix."""

    operation: Literal["delete"]
    prefix: str = Field(min_length=1, max_length=512)


Request = Annotated[Upsert | Query | Count | Delete, Field(discriminator="operation")]

REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
VECTORS = TypeAdapter(list[Vector])


class Match(BaseModel):
    """A neighbour; `score` is the cosine similarity."""

    id: str
    score: float
    metadata: dict[str, Any]


class Matches(BaseModel):
    """Neighbours, best first."""

    matches: list[Match]


class Counted(BaseModel):
    """How many vectors were written, found or deleted."""

    count: int


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


def answer(request: Request, index: VectorIndex, store: ObjectStore) -> Matches | Counted:
    """Carry out a request.

    Pinecone is eventually consistent: what was just written or deleted may be missing from or
    still be in a count or a query for some seconds. A caller that needs certainty asks again.

    Raises InvalidRequestError naming the field, NotConfiguredError, UnavailableError.
    """
    match request:
        case Upsert():
            with naming_fields():
                vectors = unpack(request.vectors, VECTORS, store)
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
