"""What a recorded graph looks like, and the place in it that is otherwise.

A graph comes from a file that anything may have written. It is checked whole before a rule sees it,
so that no rule meets a list where a text must be, and the reader learns where it is wrong.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, cast

MAX_DEPTH = 64
"""Blocks inside blocks; the deepest property of pulumi-aws (a web ACL's statement) has about 30."""


class ShapeError(ValueError):
    """The content is no recorded graph; the message starts with the place: `resources[3].urn`."""


def checked(content: object) -> list[dict[str, Any]]:
    """Return the resources of a recorded graph, each with every field of its proper type.

    Args:
        content: a JSON value: `{"resources": [{"urn", "type", "inputs", "outputs", "id", "parent",
            "property_dependencies"}, ...]}`. Whatever else it holds is left alone.

    Raises:
        ShapeError: something is missing, has another type, or names itself as its parent.
    """
    graph = _object(content, "the graph")
    if "resources" not in graph:
        raise ShapeError("resources: missing; a recorded graph has a list of them")
    seen: dict[str, str] = {}
    parents: dict[str, str] = {}
    resources: list[dict[str, Any]] = []
    for index, one in enumerate(_list(graph["resources"], "resources")):
        at = f"resources[{index}]"
        resource = _resource(_object(one, at), at)
        urn = resource["urn"]
        if urn in seen:
            raise ShapeError(f"{at}.urn: {urn!r} is that of {seen[urn]} already")
        seen[urn], parents[urn] = at, resource["parent"]
        resources.append(resource)
    for urn, at in seen.items():
        if any(above == urn for above in _above(urn, parents)):
            raise ShapeError(f"{at}.parent: leads back to the resource itself")
    return resources


def _resource(given: Mapping[str, Any], at: str) -> dict[str, Any]:
    for key in ("urn", "type", "inputs"):
        if key not in given:
            raise ShapeError(f"{at}.{key}: missing")
    dependencies = {
        key: [_text(urn, f"{at}.property_dependencies.{key}[{i}]") for i, urn in enumerate(urns)]
        for key, value in _object(
            given.get("property_dependencies", {}), f"{at}.property_dependencies"
        ).items()
        for urns in [_list(value, f"{at}.property_dependencies.{key}")]
    }
    resource: dict[str, Any] = {
        "urn": _text(given["urn"], f"{at}.urn", empty=False),
        "type": _text(given["type"], f"{at}.type", empty=False),
        "custom": given.get("custom", True) is not False,
        "external": given.get("external") is True,
        "parent": _text(given.get("parent") or "", f"{at}.parent"),
        "id": _text(given.get("id") or "", f"{at}.id"),
        "source_position": _text(given.get("source_position") or "", f"{at}.source_position"),
        "stack_trace": [
            _text(one, f"{at}.stack_trace[{index}]")
            for index, one in enumerate(_list(given.get("stack_trace") or [], f"{at}.stack_trace"))
        ],
        "dependencies": [
            _text(urn, f"{at}.dependencies[{index}]")
            for index, urn in enumerate(
                _list(given.get("dependencies") or [], f"{at}.dependencies")
            )
        ],
        "inputs": _object(given["inputs"], f"{at}.inputs"),
        "outputs": _object(given.get("outputs", {}), f"{at}.outputs"),
        "property_dependencies": dependencies,
    }
    for key in ("inputs", "outputs"):
        for place, complaint in _faults(resource[key], f"{at}.{key}", 0):
            raise ShapeError(f"{place}: {complaint}")
    return resource


def _faults(value: object, at: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the places of values that no program can send: endless, unwritable, not a number."""
    if depth > MAX_DEPTH:
        yield at[:200], f"more than {MAX_DEPTH} blocks inside each other"
    elif isinstance(value, str):
        if not value.isascii() and not _can_be_written(value):
            yield at, "text with half a character (a lone surrogate)"
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield at, f"{value} is not a number"
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            yield from _faults(key, at, depth)
            yield from _faults(inner, f"{at}.{key}", depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[object]", value)):
            yield from _faults(inner, f"{at}[{index}]", depth + 1)


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _above(urn: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the parents of a resource, each once, as far as the graph has them."""
    seen: set[str] = set()
    above = parents[urn]
    while above in parents and above not in seen:
        seen.add(above)
        yield above
        above = parents[above]


def _object(value: object, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ShapeError(f"{at}: expected an object, got {_shown(value)}")
    return cast("dict[str, Any]", value)


def _list(value: object, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise ShapeError(f"{at}: expected a list, got {_shown(value)}")
    return cast("list[Any]", value)


def _text(value: object, at: str, *, empty: bool = True) -> str:
    if not isinstance(value, str) or not (value or empty):
        raise ShapeError(f"{at}: expected a text, got {_shown(value)}")
    if not _can_be_written(value):
        raise ShapeError(f"{at}: text with half a character (a lone surrogate)")
    return value


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004  # a line of an error
