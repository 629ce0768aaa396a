"""Vectors in memory: namespaces, metadata filters, nearest neighbours, one file as a snapshot."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Metadata = Mapping[str, Any]
Values = NDArray[np.float32]
Sparse = Mapping[int, float]
"""The dimensions that are not zero, with their values."""


@dataclass
class Record:
    """A vector, dense or sparse, and what is known of it."""

    values: Values | Sparse
    metadata: Metadata


@dataclass
class Index:
    """One index: what the control plane tells of it, and its records by namespace and id."""

    description: dict[str, Any]
    dimension: int | None
    """None of an index of sparse vectors."""
    namespaces: dict[str, dict[str, Record]] = field(default_factory=dict[str, dict[str, Record]])

    def nearest(
        self, namespace: str, vector: Values, top_k: int, condition: Metadata | None
    ) -> list[tuple[str, float, Record]]:
        """Return (id, cosine similarity, record) of the best matches, best first."""
        candidates = self._candidates(namespace, condition)
        if not candidates:
            return []
        rows = np.stack([cast("Values", record.values) for _, record in candidates])
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(vector)
        scores = rows @ vector / np.maximum(lengths, 1e-12)
        best = np.argsort(-scores, kind="stable")[:top_k]
        return [(candidates[at][0], float(scores[at]), candidates[at][1]) for at in best]

    def with_terms(
        self, namespace: str, terms: Sparse, top_k: int, condition: Metadata | None
    ) -> list[tuple[str, float, Record]]:
        """Return (id, dot product, record) of sparse vectors with a dimension in common."""
        found: list[tuple[str, float, Record]] = []
        for key, record in self._candidates(namespace, condition):
            values = cast("Sparse", record.values)
            common = values.keys() & terms.keys()
            if common:
                found.append((key, sum(values[at] * terms[at] for at in common), record))
        return sorted(found, key=lambda one: -one[1])[:top_k]

    def _candidates(self, namespace: str, condition: Metadata | None) -> list[tuple[str, Record]]:
        held = self.namespaces.get(namespace, {})
        return [(key, one) for key, one in held.items() if matches(one.metadata, condition)]


def matches(metadata: Metadata, condition: Metadata | None) -> bool:
    """Tell whether metadata fulfil a filter in Pinecone's language; raises ValueError on others."""
    return all(_fulfilled(metadata, name, rule) for name, rule in (condition or {}).items())


def _fulfilled(metadata: Metadata, name: str, rule: Any) -> bool:  # noqa: ANN401 - any JSON
    if name == "$and":
        return all(matches(metadata, part) for part in rule)
    if name == "$or":
        return any(matches(metadata, part) for part in rule)
    operators = cast("dict[str, Any]", rule) if isinstance(rule, dict) else {"$eq": rule}
    return all(_compared(metadata.get(name), operator, to) for operator, to in operators.items())


def _compared(value: Any, operator: str, to: Any) -> bool:  # noqa: ANN401, PLR0911 - any JSON; one line an operator
    present = cast("list[Any]", value) if isinstance(value, list) else [value]
    present = [one for one in present if one is not None]
    match operator:
        case "$eq":
            return to in present
        case "$ne":
            return to not in present
        case "$in":
            return any(one in to for one in present)
        case "$nin":
            return not any(one in to for one in present)
        case "$exists":
            return bool(present) == to
        case "$gt":
            return any(one > to for one in present)
        case "$gte":
            return any(one >= to for one in present)
        case "$lt":
            return any(one < to for one in present)
        case "$lte":
            return any(one <= to for one in present)
        case _:
            raise ValueError(f"unknown filter operator {operator}")


def save(indexes: Mapping[str, Index], file: Path) -> None:
    """Write everything as one file, which replaces the earlier one at once."""
    records = [
        (name, namespace, key, record)
        for name, index in indexes.items()
        for namespace, held in index.namespaces.items()
        for key, record in held.items()
    ]
    state = {
        "indexes": {name: [index.description, index.dimension] for name, index in indexes.items()},
        "records": [(name, space, key, record.metadata) for name, space, key, record in records],
    }
    arrays = {str(at): _as_array(record.values) for at, (*_, record) in enumerate(records)}
    new = file.with_suffix(".new")
    with new.open("wb") as output:
        np.savez(output, allow_pickle=False, state=np.array(json.dumps(state)), **arrays)
    new.replace(file)


def load(file: Path) -> dict[str, Index]:
    """Return what `save` wrote, or nothing if it never did."""
    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as arrays:
        state = json.loads(str(arrays["state"]))
        indexes = {name: Index(*told) for name, told in state["indexes"].items()}
        for at, (name, namespace, key, metadata) in enumerate(state["records"]):
            held = indexes[name].namespaces.setdefault(namespace, {})
            values = arrays[str(at)]
            sparse = indexes[name].dimension is None
            held[key] = Record(_as_sparse(values) if sparse else values, metadata)
    return indexes


def _as_array(values: Values | Sparse) -> NDArray[Any]:
    """Return a sparse vector as two rows: dimensions, which float64 holds exactly, and values."""
    if isinstance(values, Mapping):
        return np.array([list(values.keys()), list(values.values())], dtype=np.float64)
    return values


def _as_sparse(rows: NDArray[Any]) -> Sparse:
    return {int(at): float(value) for at, value in zip(*rows, strict=True)}
