"""Logic with a third value: True, False, and None for what is not known."""

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all are true: one false decides, one unknown leaves the rest open."""
    answer: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            answer = None
    return answer


def some(truths: Iterable[Truth]) -> Truth:
    """Whether any is true: one true decides, one unknown leaves the rest open."""
    answer: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            answer = None
    return answer


def opposite(truth: Truth) -> Truth:
    """Return true for false, false for true, and unknown for unknown."""
    return None if truth is None else not truth
