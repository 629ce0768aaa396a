"""Values of a stack's configuration that need more than Pulumi's own getters."""

from collections.abc import Sequence
from typing import cast

import pulumi


def one_of(config: pulumi.Config, key: str, allowed: tuple[str, ...]) -> str:
    """Return the configured word, by default the first allowed one.

    Raises:
        ValueError: it is another; the message lists the allowed ones.
    """
    value = config.get(key) or allowed[0]
    if value not in allowed:
        raise ValueError(f"rampart:{key} is {value!r}; allowed are {', '.join(allowed)}.")
    return value


def words(config: pulumi.Config, key: str) -> list[str]:
    """Return a configured list of words, by default an empty one.

    Raises:
        ValueError: it is no list, such as one word, which has letters but no items.
    """
    value: object = config.get_object(key)
    if value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = list(cast("Sequence[object]", value))
        if all(isinstance(item, str) for item in items):
            return [str(item) for item in items]
    raise ValueError(f"rampart:{key} is {value!r}; write a list, such as [{key}-1, {key}-2].")


def number(config: pulumi.Config, key: str, default: float) -> float:
    """Return a configured number; 0 is one too."""
    value = config.get_float(key)
    return default if value is None else value
