"""What Pinecone's client sends, in the spelling of its HTTP API."""

from typing import Any

from pydantic import BaseModel, Field

UPSERT_LIMIT = 1000
"""Vectors a request may carry (https://docs.pinecone.io/reference/api/database-limits)."""


class DenseField(BaseModel):
    """The part of a schema that says how long vectors are."""

    type: str
    dimension: int = Field(ge=1, le=20_000)
    metric: str = "cosine"


class CreateIndex(BaseModel):
    """POST /indexes; the schema has the one reserved field of the vectors API."""

    name: str = Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?$")
    fields: dict[str, DenseField] = Field(min_length=1, max_length=1)


class VectorIn(BaseModel):
    """A vector as sent."""

    id: str = Field(min_length=1, max_length=512)
    values: list[float]
    metadata: dict[str, str | bool | float | list[str]] | None = None


class Upsert(BaseModel):
    """POST /vectors/upsert."""

    vectors: list[VectorIn] = Field(min_length=1, max_length=UPSERT_LIMIT)
    namespace: str = ""


class Query(BaseModel):
    """POST /query."""

    vector: list[float]
    top_k: int = Field(alias="topK", ge=1, le=10_000)
    namespace: str = ""
    filter: dict[str, Any] | None = None
    include_values: bool = Field(default=False, alias="includeValues")
    include_metadata: bool = Field(default=False, alias="includeMetadata")


class Delete(BaseModel):
    """POST /vectors/delete."""

    namespace: str = ""
    ids: list[str] = Field(default_factory=list[str], max_length=1000)
    delete_all: bool = Field(default=False, alias="deleteAll")
