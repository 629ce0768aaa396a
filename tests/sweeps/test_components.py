"""Laws that hold for every component."""

import importlib
import inspect
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pulumi
import pytest

import pulumi_rampart
from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.arguments.names import LIMITS, RANDOM, physical_names
from pulumi_rampart.component import PACKAGE, Component, declared_outputs
from pulumi_rampart.package.analyzer import SchemaAnalyzer
from pulumi_rampart.package.components import COMPONENTS
from pulumi_rampart.testing import Graph
from tests.components.examples import arguments, components, example, maker, shape
from tests.components.inside import BOUNDARY, recorded

ROOT = Path(pulumi_rampart.__file__).parent
TESTS = Path(__file__).parent.parent / "components"
MOST_LINES = 250


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages([str(ROOT)], "pulumi_rampart.")
    return [importlib.import_module(one.name) for one in found if "__main__" not in one.name]


every_component = pytest.mark.parametrize("component", components(), ids=lambda one: one.__name__)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Provide the folders that Examples name."""
    for name in ("hello", "model", "worker"):
        folder = tmp_path / "functions" / name
        folder.mkdir(parents=True)
        (folder / "handler.py").write_text("def handler(event, context): ...\n")
        (folder / "Dockerfile").write_text("FROM scratch\n")
    monkeypatch.chdir(tmp_path)


@cache
def _graph(component: type[Component]) -> Graph:
    """Return what a component's example declares; the folders it names may be gone since."""
    return recorded(example(component))


@every_component
def test_its_example_runs_and_all_its_children_have_a_component_as_parent(
    component: type[Component],
) -> None:
    # when
    graph = _graph(component)

    # then
    ours = [one for one in graph.resources if one.type == f"{PACKAGE}:index:{component.__name__}"]
    assert ours, f"the example of {component.__name__} makes none"
    stray = [
        one.urn
        for one in graph.resources
        if one.custom
        and not one.name.startswith("given-")
        and f"{PACKAGE}:index:" not in one.parent
    ]
    assert stray == []


@every_component
def test_its_children_are_named_after_it(component: type[Component]) -> None:
    # when
    graph = _graph(component)

    # then
    for one in graph.resources:
        if one.type == f"{PACKAGE}:index:{component.__name__}":
            names = [child.name for child in graph.children(one.urn)]
            assert [name for name in names if not name.startswith(one.name)] == []


@every_component
def test_what_its_name_becomes_a_part_of_is_counted_before_anything_is_made(
    component: type[Component],
) -> None:
    # when
    graph = _graph(component)

    # then
    for one in graph.resources:
        if one.type == f"{PACKAGE}:index:{component.__name__}":
            counted = set(physical_names(one.name, _prefix(component), component.NAMES))
            # A parameter is named by its path, an argument with a rule of its own, and the group of
            # execution logs by the id that API Gateway gives, which a recording makes of the name.
            named = {
                (name, type_)
                for name, type_ in _descendants(graph, one.urn)
                if type_ in LIMITS and one.name in name
                if not name.startswith("API-Gateway-Execution-Logs_")
            }
            assert {name for name in named if not _is_counted(name, counted)} == set()


# What a service gives a name to without saying which it allows, and what is cut to fit.
WITHOUT_LIMIT = {
    "aws:apigateway/apiKey:ApiKey": "no limit documented",
    "aws:apigateway/authorizer:Authorizer": "no limit documented",
    "aws:apigateway/model:Model": "named by the program's type, which has letters and digits only",
    "aws:apigateway/requestValidator:RequestValidator": "no limit documented",
    "aws:apigateway/usagePlan:UsagePlan": "no limit documented",
    "aws:signer/signingProfile:SigningProfile": "its prefix is cut to what is left",
}


@every_component
def test_every_child_with_a_name_of_its_own_has_a_limit(component: type[Component]) -> None:
    # when
    graph = _graph(component)

    # then
    named = {one.type for one in graph.resources if one.custom and _has_a_name(one.type)}
    assert sorted(named - set(LIMITS) - set(WITHOUT_LIMIT)) == []


def _has_a_name(type_: str) -> bool:
    """Say whether a resource type takes a name, which Pulumi makes of the logical one."""
    package, place, class_name = type_.split(":")
    if package != "aws":
        return False
    module = place.split("/")[0].replace("lambda", "lambda_")
    made = getattr(importlib.import_module(f"pulumi_aws.{module}"), class_name)
    arguments = inspect.signature(made._internal_init).parameters
    return bool({"name", "bucket_prefix", "name_prefix"} & set(arguments))


@every_component
def test_a_transform_reaches_every_child_at_any_depth(component: type[Component]) -> None:
    # given
    seen: set[str] = set()

    def watch(args: pulumi.ResourceTransformArgs) -> None:
        seen.add(f"{args.type_}::{args.name}")

    def made(name: str, args: Any, **more: Any) -> Component:  # noqa: ANN401  # as the Example has it
        make = maker(component)
        return make(name, args, pulumi.ResourceOptions(transforms=[watch]), **more)

    # when
    graph = recorded(example(component, made))

    # then
    tops = [
        one
        for one in graph.resources
        if one.type == f"{PACKAGE}:index:{component.__name__}" and not one.name.startswith("given-")
    ]
    below = {
        f"{each.type}::{each.name}"
        for top in tops
        for each in graph.resources
        if _is_below(graph, each.urn, top.urn) and not top.name.startswith("given-")
    }
    assert below - seen == set()


@every_component
def test_every_argument_is_checked_before_anything_is_made(component: type[Component]) -> None:
    # given: what is no value of any type, for one argument after the other
    wrong = object()

    def program() -> None:
        name, args, more = arguments(component)
        make = maker(component)
        for field, annotation in shape(component).__annotations__.items():
            if "Any" in str(get_args(annotation)):
                continue
            with pytest.raises(ArgumentError) as caught:
                make(f"{name}-again", {**args, field: wrong}, **more)
            assert any(problem.path[0] == field for problem in caught.value.problems)
        # and a key that does not exist
        with pytest.raises(ArgumentError) as caught:
            make(f"{name}-again", {**args, "no_such_argument": 1}, **more)
        assert "there is no such argument" in str(caught.value)

    # when
    graph = recorded(program)

    # then
    assert [one.name for one in graph.resources if "-again" in one.name] == []


@every_component
def test_every_required_argument_is_asked_for_by_name(component: type[Component]) -> None:
    def program() -> None:
        name, args, more = arguments(component)
        make = maker(component)
        for field in shape(component).__required_keys__:
            with pytest.raises(ArgumentError, match=rf"\.{field}: is missing"):
                make(f"{name}-again", {k: v for k, v in args.items() if k != field}, **more)

    recorded(program)


@every_component
def test_every_argument_and_every_output_is_described(component: type[Component]) -> None:
    # given
    analyzer = SchemaAnalyzer(PACKAGE)

    # then
    arguments_ = [(shape(component), field) for field in shape(component).__annotations__]
    outputs = [(component, field) for field in declared_outputs(component)]
    silent = [f for kind, f in arguments_ + outputs if not analyzer.get_docstring(kind, f)]
    assert silent == []


@every_component
def test_it_has_a_file_of_tests(component: type[Component]) -> None:
    # when
    inside = component.__module__.removeprefix("pulumi_rampart.")
    folder, _, name = inside.replace(".", "/").rpartition("/")

    # then
    assert (TESTS / folder / f"test_{name}.py").is_file()


@every_component
def test_one_that_takes_a_boundary_and_nothing_of_python_is_offered_to_other_languages(
    component: type[Component],
) -> None:
    # given: parts of other components say whose in their docstring
    parameters = inspect.signature(component).parameters.values()
    needs = [p for p in parameters if p.kind is p.KEYWORD_ONLY and _takes_a_component(p)]
    is_part = "A part of `" in (component.__doc__ or "") or "a part of `" in (
        component.__doc__ or ""
    )

    # then
    offered = component in COMPONENTS
    assert offered != (is_part or bool(needs))


def _takes_a_component(parameter: inspect.Parameter) -> bool:
    """Tell whether it is one, or one of several of which there has to be one."""
    kinds = get_args(parameter.annotation) or (parameter.annotation,)
    return any(isinstance(kind, type) and issubclass(kind, Component) for kind in kinds)


@pytest.mark.parametrize("module", _modules(), ids=lambda module: module.__name__)
def test_no_file_grows_out_of_sight(module: ModuleType) -> None:
    # when
    lines = inspect.getsource(module).count("\n")

    # then
    assert lines <= MOST_LINES, "make it a folder, or take a component out"


def _prefix(component: type[Component]) -> str:
    """Return with what its physical names begin: the boundary's prefix, or project and stack."""
    takes_boundary = "boundary" in shape(component).__annotations__
    return str(BOUNDARY["prefix"]) if takes_boundary else "project-dev"


def _descendants(graph: Graph, urn: str) -> list[tuple[str, str]]:
    """Return (physical name, type) of every custom resource below a component."""
    found: list[tuple[str, str]] = []
    for one in graph.resources:
        if one.custom and _is_below(graph, one.urn, urn):
            given = [one.inputs.get(key) for key in ("name", "clusterIdentifier", "namePrefix")]
            physical = next((text for text in given if isinstance(text, str)), one.name + RANDOM)
            found.append((physical, one.type))
    return found


def _is_below(graph: Graph, urn: str, top: str) -> bool:
    parents = {one.urn: one.parent for one in graph.resources}
    above = parents.get(urn, "")
    while above and above != top:
        above = parents.get(above, "")
    return above == top


def _is_counted(named: tuple[str, str], counted: set[tuple[str, str]]) -> bool:
    name, type_ = named
    return any(type_ == kind and len(each) >= len(name) for each, kind in counted)
