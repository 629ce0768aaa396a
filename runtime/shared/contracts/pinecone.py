"""pinecone: four operations on vectors, every one within one namespace."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator

from runtime.shared.contracts.content import Content
from runtime.shared.contracts.message import Answer
from runtime.shared.contracts.message import Request as AnyRequest
from runtime.shared.shape import QUIET, Shape


class Terms(Shape):
    """A sparse vector over hashed terms; `runtime.shared.lexical` makes them."""

    model_config = ConfigDict(extra="forbid")

    indices: list[Annotated[int, Field(ge=0, lt=2**32)]] = Field(min_length=1, max_length=2048)
    values: list[float]

    @model_validator(mode="after")
    def _are_pairs(self) -> Self:
        if len(self.indices) != len(self.values):
            raise ValueError("indices and values differ in length")
        return self


class Vector(Shape):
    """A vector with its id and what a search should return with it."""

    model_config = ConfigDict(extra="forbid")

    # Pinecone's ids are ASCII (https://docs.pinecone.io/reference/api/database-limits).
    id: str = Field(min_length=1, max_length=512, pattern=r"^[\x20-\x7e]+$")
    values: list[float]
    terms: Terms | None = None
    """None for a vector that a search by words does not find."""
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
    """Find the nearest neighbours, and what has the most telling terms in common."""

    operation: Literal["query"] = "query"
    vector: list[float]
    terms: Terms | None = None
    """None asks for the nearest neighbours alone."""
    top_k: int = Field(ge=1, le=100)
    """Of each of the two searches."""
    filter: dict[str, Any] | None = None
    """In Pinecone's own language, on metadata."""


class Count(InNamespace):
    """Count the vectors whose ids begin with a prefix, and those of them with terms."""

    operation: Literal["count"] = "count"
    prefix: str = Field(min_length=1, max_length=512)


class Delete(InNamespace):
    """Delete the vectors whose ids begin with a prefix."""

    operation: Literal["delete"] = "delete"
    prefix: str = Field(min_length=1, max_length=512)


class Match(Shape):
    """What was found; `score` is the cosine similarity, also of what only the terms found."""

    id: str
    score: float
    lexical: float | None = None
    """Dot product of the terms; None for what the search by terms did not find."""
    metadata: dict[str, Any]


class Matches(Answer):
    """Answers Query: what either search found, most similar first."""

    matches: list[Match]


class Counted(Answer):
    """Answers the others: how many vectors were written, found or deleted."""

    count: int = Field(ge=0)
    with_terms: int = Field(default=0, ge=0)
    """How many of them, or left of them, a search by terms finds."""


Request = Annotated[Upsert | Query | Count | Delete, Field(discriminator="operation")]
REQUEST: TypeAdapter[Request] = TypeAdapter(Request, config=QUIET)
VECTORS = TypeAdapter(list[Vector], config=QUIET)
