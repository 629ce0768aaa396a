"""The diagrams of docs/systems.md say what the program says."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pulumi_rampart.testing import Graph, Resource

PAGE = Path(__file__).parents[2] / "docs" / "systems.md"
# What is drawn of a system: the components of these types whose names begin with its name.
DRAWN = {
    "EventBus",
    "EventRoute",
    "ObservedQueue",
    "SecureApi",
    "SecureBucket",
    "SecureTable",
    "Topic",
    "VectorDatabase",
    "Workflow",
    "ZipLambda",
}
SYSTEMS = ("knowledge", "gallery", "orders")

_NODE = r"[a-z][a-z0-9-]*"
_SHAPE = r"(?:> [^\]]+ \]|\(\([^)]+\)\)|\{\{ [^}]+ \}\})?"
_ARROW = re.compile(rf'^\s*({_NODE}){_SHAPE} (?:-- "[^"]+" -->|-->) ({_NODE})$', re.MULTILINE)
_NAME = re.compile(r"\b(?:knowledge|gallery|orders|library|identity)-[a-z0-9-]+")


def diagram(system: str) -> str:
    """Return the diagram below the heading of a system."""
    section = re.split(r"^## ", PAGE.read_text(), flags=re.MULTILINE)
    [mine] = [part for part in section if part.lower().startswith(system)]
    found = re.search(r"```mermaid\n(.*?)```", mine, re.DOTALL)
    assert found
    return found[1]


def components(graph: Graph) -> dict[str, Resource]:
    """Return what can be drawn, by name: a component's name is not always one resource's."""
    return {one.name: one for one in graph.resources if one.type.startswith("rampart:index:")}


def below(graph: Graph, top: Resource) -> Iterator[Resource]:
    """Yield a component and everything in it, its queue's subscriptions too."""
    yield top
    for child in graph.children(top.urn):
        yield from below(graph, child)


def refer(graph: Graph, one: Resource, other: Resource) -> bool:
    """Tell whether a resource of one component depends on a resource of the other."""
    ours, theirs = ({each.urn for each in below(graph, top)} for top in (one, other))
    return any(theirs & set(each.dependencies) for each in below(graph, one)) or any(
        ours & set(each.dependencies) for each in below(graph, other)
    )


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_function_store_and_channel_of_a_system_is_drawn(
    system: str, graph_of: Callable[[str], Graph]
) -> None:
    # given
    parts = [one for one in components(graph_of("dev")).values() if one.name.startswith(system)]
    expected = {one.name for one in parts if one.type.rpartition(":")[2] in DRAWN}

    # then
    inside = {one for one in expected if any(one.startswith(f"{each}-") for each in expected)}
    assert set(_NAME.findall(diagram(system))) >= expected - inside


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_arrow_is_a_reference_in_the_graph(
    system: str, graph_of: Callable[[str], Graph]
) -> None:
    # given
    graph = graph_of("dev")
    known = components(graph)
    arrows = [pair for pair in _ARROW.findall(diagram(system)) if pair[0] != "client"]

    # then
    assert diagram(system).count("-->") == len(arrows) + diagram(system).count(
        "client((client)) -->"
    )
    assert {name for pair in arrows for name in pair} <= known.keys()
    wrong = [pair for pair in arrows if not refer(graph, known[pair[0]], known[pair[1]])]
    assert wrong == []
