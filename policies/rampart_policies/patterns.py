"""Which events an EventBridge pattern lets through, asked with wildcards instead of events.

Grammar: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
"""

from collections.abc import Iterable
from functools import lru_cache

from rampart_policies.iam.match import arn_matches
from rampart_policies.values import Block, UndecidedError, Value, contains_unknown

ANY = ("*",)


def admits(pattern: Block, path: str, wildcards: Iterable[str]) -> bool:
    """Whether a pattern lets any text through, at a path, that one of the wildcards stands for."""
    *above, last = path.split(".")
    holder = pattern
    for step in above:
        holder = holder.block(step)
    matchers = holder.value(last)
    if matchers is None:
        return True  # the pattern does not speak of it
    if not isinstance(matchers, list) or contains_unknown(matchers):
        raise UndecidedError(path, "is not a known list of matchers")
    return any(_lets_through(matcher, one) for matcher in matchers for one in wildcards)


@lru_cache(maxsize=4096)
def overlap(one: str, other: str) -> bool:
    """Whether any text matches both wildcards.

    >>> overlap("uploads/*", "*.pdf"), overlap("uploads/*", "work/*")
    (True, False)
    """
    seen: set[tuple[int, int]] = set()
    edge = [(0, 0)]  # how much of each is used up
    while edge:
        at = edge.pop()
        if at in seen:
            continue
        seen.add(at)
        i, j = at
        left, right = one[i : i + 1], other[j : j + 1]
        if not left and not right:
            return True
        if left == "*" or (right == "*" and left):
            edge.append((i + 1, j))
        if right == "*" or (left == "*" and right):
            edge.append((i, j + 1))
        if left and right and (left == right or "?" in left + right):
            edge.append((i + 1, j + 1))
    return False


def _lets_through(matcher: Value, wildcard: str) -> bool:
    if isinstance(matcher, dict) and "anything-but" in matcher:
        excluded = matcher["anything-but"]
        # Excluded for certain where it matches the wildcard itself, read as a text.
        return not any(
            arn_matches(text, wildcard)
            for item in (excluded if isinstance(excluded, list) else [excluded])
            if (text := _as_wildcard(item)) is not None
        )
    text = _as_wildcard(matcher)
    return text is None or overlap(text, wildcard)


def _as_wildcard(matcher: Value) -> str | None:
    """Return a matcher on texts as a wildcard; None for one that says something else."""
    if isinstance(matcher, str):
        return matcher
    if isinstance(matcher, dict):
        for kind, value in matcher.items():
            if isinstance(value, str):
                known = {"prefix": f"{value}*", "suffix": f"*{value}", "wildcard": value}
                return known.get(kind)
    return None
