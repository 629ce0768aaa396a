"""What Pinecone's client sends, in the spelling of its HTTP API."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

UPSERT_LIMIT = 1000
"""Vectors a request may carry (https://docs.pinecone.io/reference/api/database-limits)."""


class DenseField(BaseModel):
    """The part of a schema that says how long vectors are."""

    type: Literal["dense_vector"]
    dimension: int = Field(ge=1, le=20_000)
    metric: str = "cosine"


class SparseField(BaseModel):
    """The part of a schema that says that vectors are sparse: it has no dimension."""

    type: Literal["sparse_vector"]


class SparseValues(BaseModel):
    """The dimensions of a vector that are not zero, and their values."""

    indices: list[Annotated[int, Field(ge=0, lt=2**32)]] = Field(min_length=1, max_length=2048)
    values: list[float]

    @model_validator(mode="after")
    def _are_pairs(self) -> Self:
        if len(self.indices) != len(self.values) or len(set(self.indices)) < len(self.indices):
            raise ValueError("sparse indices must be unique, and as many as the values")
        return self


class CreateIndex(BaseModel):
    """POST /indexes; the schema has the one reserved field of the vectors API."""

    name: str = Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?$")
    fields: dict[str, Annotated[DenseField | SparseField, Field(discriminator="type")]] = Field(
        min_length=1, max_length=1
    )


class VectorIn(BaseModel):
    """A vector as sent."""

    id: str = Field(min_length=1, max_length=512)
    values: list[float] | None = None
    sparse_values: SparseValues | None = Field(default=None, alias="sparseValues")
    metadata: dict[str, str | bool | float | list[str]] | None = None


class Upsert(BaseModel):
    """POST /vectors/upsert."""

    vectors: list[VectorIn] = Field(min_length=1, max_length=UPSERT_LIMIT)
    namespace: str = ""


class Query(BaseModel):
    """POST /query."""

    vector: list[float] | None = None
    sparse_vector: SparseValues | None = Field(default=None, alias="sparseVector")
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
