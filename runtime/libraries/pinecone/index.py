"""The real indexes, through Pinecone's client: one of vectors, and one of terms beside it.

A single index for both takes no search by terms alone, and an index that exists cannot get a
sparse field; so the terms have an index of their own, whose records have the vectors' ids
(https://docs.pinecone.io/docs/hybrid-search, docs/adr/0013).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pinecone import Index, NotFoundError

from runtime.libraries.pinecone.connection import connected, explaining, ready
from runtime.shared.contracts.pinecone import Match, Terms
from runtime.shared.errors import NotConfiguredError

# The names by which the vectors API knows the one field of an index.
DENSE_FIELD = "_values"
SPARSE_FIELD = "_sparse_values"

TERMS_SUFFIX = "-terms"
"""What the name of the index of terms has after the other's."""

FETCH_IDS = 40
"""Ids of 120 characters that fit into a URL of 8 KB."""


class PineconeIndex:
    """Implements `VectorIndex`. Every error is one of `runtime.shared.errors`."""

    def __init__(self, api_key: str, control_url: str, name: str, dimension: int) -> None:
        """Connect, and make the indexes that are missing.

        Args:
            api_key: of the Pinecone project.
            control_url: "" for the public service.
            name: of the index of vectors; that of terms is called `<name>-terms`.
            dimension: of its vectors; an index that exists must have the same.
        """
        self.dimension = dimension
        dense = {"type": "dense_vector", "dimension": dimension, "metric": "cosine"}
        with explaining():
            client = connected(api_key, control_url)
            vectors = ready(client, name, {DENSE_FIELD: dense})
            column = vectors.schema.fields.get(DENSE_FIELD)
            if getattr(column, "dimension", None) != dimension:
                raise NotConfiguredError(
                    f"the Pinecone index {name} does not have {dimension} dimensions"
                )
            sparse = {SPARSE_FIELD: {"type": "sparse_vector"}}
            terms = ready(client, f"{name}{TERMS_SUFFIX}", sparse)
            self._vectors = client.index(host=vectors.host or "")
            self._terms = client.index(host=terms.host or "")

    def upsert(self, namespace: str, vectors: Sequence[Mapping[str, Any]]) -> None:
        """Write one batch of vectors."""
        with explaining():
            self._vectors.upsert(vectors=vectors, namespace=namespace)

    def upsert_terms(self, namespace: str, vectors: Sequence[Mapping[str, Any]]) -> None:
        """Write one batch of terms."""
        with explaining():
            self._terms.upsert(vectors=vectors, namespace=namespace)

    def query(
        self, namespace: str, vector: Sequence[float], top_k: int, condition: dict[str, Any] | None
    ) -> list[Match]:
        """Return the nearest neighbours, best first."""
        try:
            with explaining():
                found = self._vectors.query(
                    vector=vector,
                    top_k=top_k,
                    namespace=namespace,
                    filter=condition,
                    include_metadata=True,
                )
        except NotFoundError:
            return []
        return [
            Match(id=match.id, score=match.score, metadata=dict(match.metadata or {}))
            for match in found.matches
        ]

    def query_terms(
        self, namespace: str, terms: Terms, top_k: int, condition: dict[str, Any] | None
    ) -> dict[str, float]:
        """Return the ids with the most telling terms in common, and their dot products."""
        try:
            with explaining():
                found = self._terms.query(
                    sparse_vector=terms.model_dump(),
                    top_k=top_k,
                    namespace=namespace,
                    filter=condition,
                )
        except NotFoundError:
            return {}
        return {match.id: match.score for match in found.matches if match.score > 0}

    def fetch(
        self, namespace: str, ids: Sequence[str]
    ) -> dict[str, tuple[Sequence[float], Mapping[str, Any]]]:
        """Return values and metadata of vectors by id; without those that are not there."""
        stored: dict[str, tuple[Sequence[float], Mapping[str, Any]]] = {}
        for start in range(0, len(ids), FETCH_IDS):
            try:
                with explaining():
                    found = self._vectors.fetch(
                        ids=ids[start : start + FETCH_IDS], namespace=namespace
                    )
            except NotFoundError:
                return stored
            for key, vector in found.vectors.items():
                stored[key] = (vector.values or [], vector.metadata or {})
        return stored

    def ids(self, namespace: str, prefix: str) -> Iterator[str]:
        """Return the ids of vectors that begin with `prefix`; none without such a namespace."""
        return _listed(self._vectors, namespace, prefix)

    def ids_with_terms(self, namespace: str, prefix: str) -> Iterator[str]:
        """Return the ids of terms that begin with `prefix`; none without such a namespace."""
        return _listed(self._terms, namespace, prefix)

    def delete(self, namespace: str, ids: Sequence[str]) -> None:
        """Delete vectors by id."""
        _delete(self._vectors, namespace, ids)

    def delete_terms(self, namespace: str, ids: Sequence[str]) -> None:
        """Delete terms by id."""
        _delete(self._terms, namespace, ids)


def _listed(index: Index, namespace: str, prefix: str) -> Iterator[str]:
    try:
        with explaining():
            for page in index.list(prefix=prefix, namespace=namespace):
                yield from (item.id for item in page.vectors if item.id)
    except NotFoundError:
        return


def _delete(index: Index, namespace: str, ids: Sequence[str]) -> None:
    try:
        with explaining():
            index.delete(ids=ids, namespace=namespace)
    except NotFoundError:
        return
