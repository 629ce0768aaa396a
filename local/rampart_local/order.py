"""The order in which resources end: whoever needs another one ends before it."""

from collections.abc import Collection, Mapping
from graphlib import TopologicalSorter

from rampart_local.state import Kept


def ending(urns: Collection[str], there: Mapping[str, Kept]) -> list[str]:
    """Sort resources so that each comes before what it depends on.

    Args:
        urns: what is to end.
        there: all that exists, in order of creation; newer ones come first otherwise.
    """
    wanted = set(urns)
    needs = {urn: [each for each in there[urn].dependencies if each in wanted] for urn in wanted}
    found = TopologicalSorter({urn: needs[urn] for urn in there if urn in wanted})
    return list(found.static_order())[::-1]


def dependents(urn: str, there: Mapping[str, Kept]) -> list[str]:
    """Return what needs a resource, directly or through others, in the order in which it ends."""
    found: set[str] = set()
    open_ = {urn}
    while open_:
        open_ = {
            each
            for each, kept in there.items()
            if each not in found and open_.intersection(kept.dependencies)
        }
        found |= open_
    return ending(found, there)
