"""pinecone: four operations on vectors, every one within one namespace."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from runtime.shared.contracts.content import Content
from runtime.shared.contracts.message import Answer
from runtime.shared.contracts.message import Request as AnyRequest
from runtime.shared.shape import QUIET, Shape


class Vector(Shape):
    """A vector with its id and what a search should return with it."""

    model_config = ConfigDict(extra="forbid")

    # Pinecone's ids are ASCII (https://docs.pinecone.io/reference/api/database-limits).
    id: str = Field(min_length=1, max_length=512, pattern=r"^[\x20-\x7e]+$")
    values: list[float]
    metadata: dict[str, Any] = Field(default_factory=dict[str, Any])


class InNamespace(AnyRequest):
    """Every request names its namespace: there is no default one to fall into."""

    namespace: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")


class Upsert(InNamespace):
    """Write vectors; those whose ids exist are replaced."""

    operation: Literal["upsert"] = "upsert"
    vectors: Content
    """A list of Vector; decode with `VECTORS`."""


class Query(InNamespace):
    """Find the nearest neighbours."""

    operation: Literal["query"] = "query"
    vector: list[float]
    top_k: int = Field(ge=1, le=100)
    filter: dict[str, Any] | None = None
    """In Pinecone's own language, on metadata."""


class Count(InNamespace):
    """Count the vectors whose ids begin with a prefix."""

    operation: Literal["count"] = "count"
    prefix: str = Field(min_length=1, max_length=512)


class Delete(InNamespace):
    """Delete the vectors whose ids begin with a prefix."""

    operation: Literal["delete"] = "delete"
    prefix: str = Field(min_length=1, max_length=512)


class Match(Shape):
    """A neighbour; `score` is the cosine similarity."""

    id: str
    score: float
    metadata: dict[str, Any]


class Matches(Answer):
    """Answers Query: neighbours, best first."""

    matches: list[Match]


class Counted(Answer):
    """Answers the others: how many vectors were written, found or deleted."""

    count: int = Field(ge=0)


Request = Annotated[Upsert | Query | Count | Delete, Field(discriminator="operation")]
REQUEST: TypeAdapter[Request] = TypeAdapter(Request, config=QUIET)
VECTORS = TypeAdapter(list[Vector], config=QUIET)
