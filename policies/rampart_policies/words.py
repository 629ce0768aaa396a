"""Lists in sentences."""

from collections.abc import Iterable


def joined(words: Iterable[str]) -> str:
    """Write words as a sentence has them, each once, in their order.

    >>> joined(["events", "states", "events", "sns"])
    'events, states and sns'
    """
    found = list(dict.fromkeys(words))
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)
