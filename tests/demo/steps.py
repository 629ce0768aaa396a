"""Runs work that hands over while it waits, to its end."""

from collections.abc import Generator
from typing import TypeVar

_Result = TypeVar("_Result")


def result(steps: Generator[None, None, _Result]) -> _Result:
    """Return what the work returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
