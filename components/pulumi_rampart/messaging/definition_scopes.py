"""The parts of a definition in which states name each other: the whole, branches and iterations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

States = dict[str, dict[str, Any]]
# Map calls its part by either name.
_ITERATIONS = ("ItemProcessor", "Iterator")
CATCHING = ("Map", "Parallel", "Task")
"""Types of the states that can catch a failure."""


@dataclass(frozen=True)
class Scope:
    """States that may go to each other, and to no other."""

    place: str
    """Where it stands; empty for the definition as a whole."""
    start: object
    """Name of the first state, as it is written."""
    states: States
    """By their names."""
    language: str
    """How its states read their input, unless they say it themselves."""

    def reached(self, start: object, *, caught: str | None = None) -> set[str]:
        """Return the states to which a state leads, itself included.

        Args:
            start: where to begin.
            caught: where failures go that a state does not catch itself.
        """
        found: set[str] = set()
        edge = [start]
        while edge:
            name = edge.pop()
            if not isinstance(name, str) or name in found or name not in self.states:
                continue
            found.add(name)
            state = self.states[name]
            edge += [target for _, target in transitions(state)]
            if caught is not None and catches_nothing(state):
                edge.append(caught)
        return found


def scopes(
    document: dict[str, Any], place: str = "", language: str = "JSONPath"
) -> Iterator[Scope]:
    """Yield the definition as a whole, and every branch and iteration in it."""
    language = document.get("QueryLanguage", language)
    states = document.get("States")
    found = _objects(states)
    yield Scope(place, document.get("StartAt"), found, language)
    for name, state in found.items():
        inner = state.get("QueryLanguage", language)
        branches = state.get("Branches")
        for index, branch in enumerate(cast("list[Any]", branches or [])):
            if isinstance(branch, dict):
                place = f"branch {index} of state {name!r}"
                yield from scopes(cast("dict[str, Any]", branch), place, inner)
        for field in _ITERATIONS:
            if isinstance(part := state.get(field), dict):
                place = f"{field} of state {name!r}"
                yield from scopes(cast("dict[str, Any]", part), place, inner)


def transitions(state: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield (field, name) of every state to which a state goes."""
    for field in ("Next", "Default"):
        if field in state:
            yield field, state[field]
    for field in ("Choices", "Catch"):
        for index, each in enumerate(cast("list[Any]", state.get(field) or [])):
            if isinstance(each, dict):
                yield f"{field}[{index}]", cast("dict[str, Any]", each).get("Next")


def catches_nothing(state: Mapping[str, Any]) -> bool:
    """Tell whether a state can catch a failure and does not say what."""
    return state.get("Type") in CATCHING and "Catch" not in state


def _objects(states: object) -> States:
    given = cast("dict[str, Any]", states if isinstance(states, dict) else {})
    return {
        name: cast("dict[str, Any]", each if isinstance(each, dict) else {})
        for name, each in given.items()
    }
