"""Paths of an API and the names that are made of them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

_SUFFIX_LENGTH = 6


def slug(path: str) -> str:
    """Return the path as part of a resource name; `/a/b`, `/a-b` and `/a/{b}` have the same."""
    return path.strip("/").translate(str.maketrans("/", "-", "{}+"))


def with_prefixes(path: str) -> Iterator[str]:
    """Return `/a`, `/a/b` and `/a/b/c` for `/a/b/c`: API Gateway has a resource for each."""
    segments = path.split("/")
    return ("/".join(segments[: end + 1]) for end in range(1, len(segments)))


def unlike(paths: Iterable[str], name: Callable[[str], str]) -> dict[str, str]:
    """Name each path, and no two alike.

    Of paths with the same name one keeps it and the others get a suffix, in whatever order they
    come: the plainest keeps it, which is the one with fewest hyphens, then one with parameters.

    Args:
        paths: what is to be named.
        name: names a path for itself.
    """
    alike: dict[str, list[str]] = {}
    for path in dict.fromkeys(paths):
        alike.setdefault(name(path), []).append(path)
    named: dict[str, str] = {}
    for shared, group in alike.items():
        plainest, *others = sorted(group, key=lambda path: (path.count("-"), "{" not in path, path))
        named[plainest] = shared
        for path in others:
            suffix = hashlib.sha256(path.encode()).hexdigest()[:_SUFFIX_LENGTH]
            named[path] = f"{shared}-{suffix}"
    return named
