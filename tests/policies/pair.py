"""A pair of stacks for a mapped id: one that keeps the control, and one or more that break it."""

from dataclasses import dataclass
from typing import Any

from tests.policies.fixture import Case
from tests.policies.stacks import Made, made


@dataclass(frozen=True)
class Pair:
    """What a control asks, as two stacks."""

    passes: Case
    fails: tuple[Case, ...]
    """One for each rule that claims the id, where the rules look at different resources."""


def pair(passes: Case, *fails: Case) -> Pair:
    """Make a pair."""
    return Pair(passes, fails)


def switch(kind: str, path: str, good: object, bad: object, **both: Any) -> Pair:  # noqa: ANN401  # wire values are any JSON
    """Make a pair of one resource whose property has a good and a bad value.

    Args:
        kind: the resource's type.
        path: the property, dotted.
        good: what keeps the control.
        bad: what breaks it; None leaves the property out.
        both: further properties of both.
    """
    return Pair(_with(kind, path, good, both), (_with(kind, path, bad, both),))


def _with(kind: str, path: str, value: object, both: dict[str, Any]) -> Made:
    resource = made(kind, **both)
    if value is None:
        return resource
    holder: dict[str, Any] = resource["inputs"]
    *above, last = path.split(".")
    for step in above:
        holder[step] = dict(holder.get(step, {}))
        holder = holder[step]
    holder[last] = value
    return resource


def same(pairs: Pair, *ids: str) -> dict[str, Pair]:
    """Give one pair to ids whose controls ask the same."""
    return dict.fromkeys(ids, pairs)
