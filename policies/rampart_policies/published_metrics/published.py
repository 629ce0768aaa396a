"""Metrics, and the sets of dimensions by which AWS publishes them."""

from dataclasses import dataclass

_DOCS = "https://docs.aws.amazon.com"


@dataclass(frozen=True)
class Published:
    """Metrics of one namespace that come by the same sets of dimensions."""

    namespace: str
    metrics: frozenset[str]
    dimensions: frozenset[frozenset[str]]
    source: str


def published(namespace: str, metrics: str, dimensions: str, source: str) -> Published:
    """Read words: metrics; sets of dimensions, with `+` between those of one, `-` for none."""
    sets = frozenset(
        frozenset[str]() if one == "-" else frozenset(one.split("+")) for one in dimensions.split()
    )
    return Published(namespace, frozenset(metrics.split()), sets, _DOCS + source)
