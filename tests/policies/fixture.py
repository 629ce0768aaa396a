"""The form of a rule's fixtures, and the unknowns derived from them.

A case is a resource or a list of resources. From every case that holds or breaks come the ones
that cannot be decided: each given property unknown in turn, and the whole as a preview shows it.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rampart_policies.values import UNKNOWN

Recorded = dict[str, Any]
Case = Recorded | list[Any]
Change = Callable[[list[Recorded], Recorded], list[Recorded]]
"""(resources, the judged one) -> the resources with just one property broken."""


@dataclass(frozen=True, kw_only=True)
class Fixture:
    """What a rule is tried on; labels say what is special about a case."""

    holds: Mapping[str, Case]
    breaks: Mapping[str, Case]
    mutation: Change
    """How to break a resource of a real stack that holds."""
    also: tuple[str, ...] = ()
    """Rules that the mutation must break as well, because they speak of the same property."""
    undecided: Mapping[str, Case] = field(default_factory=dict[str, Case])
    not_applicable: Mapping[str, Case] = field(default_factory=dict[str, Case])
    """Resources of a judged type that the rule does not speak of."""


def resources_of(case: Case) -> list[Recorded]:
    """Give a case as a list of resources of its own."""
    return copy.deepcopy(case if isinstance(case, list) else [case])


def with_one_unknown(case: Case) -> Iterator[tuple[str, list[Recorded]]]:
    """Yield the case with each property, at any depth, replaced by an unknown."""
    yield from with_one_replaced(case, UNKNOWN)


def with_one_replaced(case: Case, value: object) -> Iterator[tuple[str, list[Recorded]]]:
    """Yield the case with each property, at any depth, replaced by a value."""
    for index, resource in enumerate(resources_of(case)):
        for path in _paths(resource["inputs"], ()):
            changed = resources_of(case)
            holder: Any = changed[index]["inputs"]
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = value
            yield f"{resource['name']}.{'.'.join(map(str, path))}", changed


def as_previewed(case: Case) -> list[Recorded]:
    """Give the case as a preview records it: computed values unknown, their origin known."""
    resources = resources_of(case)
    for resource in resources:
        for key, value in resource["inputs"].items():
            origins = [r["urn"] for r in resources if _mentions(value, r) and r is not resource]
            if origins:
                resource["inputs"][key] = UNKNOWN
                resource["property_dependencies"][key] = origins
    for resource in resources:
        resource["outputs"], resource["id"] = dict.fromkeys(resource["outputs"], UNKNOWN), ""
    return resources


def put(path: str, value: object, *, on: str = "") -> Change:
    """Set a property of the judged resource, or of every resource of a type."""

    def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
        *above, last = path.split(".")
        for resource in resources:
            if (resource["type"] == on) if on else (resource is judged):
                for side in ("inputs", "outputs"):
                    holder = resource[side]
                    for step in above:
                        holder = holder.setdefault(step, {})
                    holder[last] = value
        return resources

    return change


def name_of(resource: Recorded) -> str:
    """Return what AWS calls a resource: as the program says, or as the cloud answered."""
    return resource["inputs"].get("name") or resource["outputs"]["name"]


def drop(kind: str) -> Change:
    """Take every resource of a type away."""
    return lambda resources, _: [one for one in resources if one["type"] != kind]


def _paths(value: object, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if above:
        yield above
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*above, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*above, index))


def _mentions(value: object, other: Recorded) -> bool:
    if isinstance(value, str):
        return value == other["id"] or (other["outputs"].get("arn") or UNKNOWN) in value
    if isinstance(value, dict):
        return any(_mentions(inner, other) for inner in value.values())
    return isinstance(value, list) and any(_mentions(inner, other) for inner in value)
