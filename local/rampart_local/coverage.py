"""Writes docs/COVERAGE.md: what of each stack the laptop cloud creates, and what it does not.

Derived from the registered creators and the recorded graphs, so it says what is true.
"""

from collections.abc import Mapping
from pathlib import Path

from pulumi_rampart.testing import Graph
from rampart_local.aws import CREATORS, RECORDED_ONLY
from rampart_local.changes import NO_CREATOR
from rampart_local.project_files import stack_names
from rampart_local.recording import record_stack
from rampart_local.stack import read_stack

_HEAD = Path(__file__).with_suffix(".md")
"""The part that no code knows: what is different whatever the type."""


def coverage(folder: Path) -> str:
    """Return the document for a project."""
    graphs = {name: record_stack(read_stack(folder, name)) for name in stack_names(folder)}
    used = {
        one.type
        for graph in graphs.values()
        for one in graph.resources
        if one.custom and not one.external and not one.type.startswith("pulumi:providers:")
    }
    return "\n".join([_HEAD.read_text(), *_table(graphs, used), "", *_unused(used), ""])


def _table(graphs: Mapping[str, Graph], used: set[str]) -> list[str]:
    names = list(graphs)
    rows = [
        f"| Type | {' | '.join(names)} | On the laptop | What does not happen |",
        f"|---|{'---:|' * len(names)}---|---|",
    ]
    for type_ in sorted(used):
        counts = " | ".join(str(len(graph.of(type_))) for graph in graphs.values())
        word, reason = _verdict(type_)
        rows.append(f"| `{type_}` | {counts} | {word} | {reason} |")
    return rows


def _unused(used: set[str]) -> list[str]:
    rest = sorted((CREATORS.keys() | RECORDED_ONLY.keys()) - used)
    rows = ["## Types that no stack uses yet", ""]
    if not rest:
        return [*rows, "None."]
    rows += ["| Type | On the laptop | What does not happen |", "|---|---|---|"]
    return [*rows, *(f"| `{type_}` | {' | '.join(_verdict(type_))} |" for type_ in rest)]


def _verdict(type_: str) -> tuple[str, str]:
    creator = CREATORS.get(type_)
    if creator is None:
        return "recorded", RECORDED_ONLY.get(type_, NO_CREATOR)
    return ("kept", creator.unenforced) if creator.unenforced else ("created", "")
