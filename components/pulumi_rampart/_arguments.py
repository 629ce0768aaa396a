"""Checks of constructor arguments: what was got, what is allowed, what to do."""

import re
from collections.abc import Collection
from typing import Any

import pulumi


class ArgumentError(ValueError):
    """An argument of a component is outside what the service allows."""


def require_between(field: str, value: pulumi.Input[int], low: int, high: int, remedy: str) -> int:
    """Return `value` as an int, or say which range the service allows.

    Callers in other languages send every number as a float, so 30.0 is 30.
    """
    if not isinstance(value, int | float) or int(value) != value or not low <= value <= high:
        raise ArgumentError(
            f"{field}={value!r}: a whole number from {low} to {high} is allowed; {remedy}"
        )
    return int(value)


def require_one_of(field: str, value: Any, allowed: Collection[Any], remedy: str) -> None:  # noqa: ANN401  # any literal
    """Raise unless `value` is one of the allowed ones."""
    if value not in allowed:
        raise ArgumentError(f"{field}={value!r}: allowed are {sorted(allowed)}; {remedy}")


def require_match(field: str, value: str, pattern: str, remedy: str) -> None:
    """Raise unless the whole of `value` matches `pattern`."""
    if not re.fullmatch(pattern, value):
        raise ArgumentError(f"{field}={value!r}: must match {pattern}; {remedy}")
