"""Numbers over many questions."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ranks:
    """At which rank, from 1, the first right passage was; None when it was not found."""

    ranks: Sequence[int | None]

    def recall(self, at: int) -> float:
        """Share of questions with a right passage among the first `at`."""
        return share([rank is not None and rank <= at for rank in self.ranks])

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank."""
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks) if self.ranks else 0.0

    @property
    def row(self) -> str:
        """Three cells of a table."""
        return f"{self.recall(1):.2f} | {self.recall(5):.2f} | {self.mrr:.2f}"


def first(right: Sequence[bool]) -> int | None:
    """Return the rank of the first right one."""
    return next((rank for rank, one in enumerate(right, 1) if one), None)


def share(values: Sequence[bool]) -> float:
    """Return which share is true; 0 of none."""
    return sum(values) / len(values) if values else 0.0
