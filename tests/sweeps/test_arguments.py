"""What every component says to arguments that none of its kind could use, in whole sentences."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin

import pulumi
import pytest

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.component import Component
from tests.components.examples import arguments, components, maker, shape
from tests.components.inside import BOUNDARY, recorded

every_component = pytest.mark.parametrize("component", components(), ids=lambda one: one.__name__)

Refuse = Callable[[Mapping[str, object]], str]
"""Returns what a component says to arguments, and sees to it that it was not made."""


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Provide the folders that Examples name."""
    for name in ("hello", "model", "worker"):
        folder = tmp_path / "functions" / name
        folder.mkdir(parents=True)
        (folder / "handler.py").write_text("def handler(event, context): ...\n")
        (folder / "Dockerfile").write_text("FROM scratch\n")
    monkeypatch.chdir(tmp_path)


def told(
    component: type[Component], law: Callable[[Refuse, dict[str, Any]], None], made: str = "it"
) -> None:
    """Hold a component, in a recording, to a law about its arguments."""

    def program() -> None:
        _, args, more = arguments(component)
        make = maker(component)

        def refuse(wrong: Mapping[str, object]) -> str:
            with pytest.raises(ArgumentError) as caught:
                make(made, wrong, **more)
            return str(caught.value)

        law(refuse, args)

    graph = recorded(program)
    assert [one.name for one in graph.resources if one.name.startswith(made)] == []


def kinds(component: type[Component]) -> dict[str, Any]:
    """Return the type of every argument, without what says whether it is needed or computed."""
    return {key: _bare(each) for key, each in shape(component).__annotations__.items()}


def _bare(annotation: Any) -> Any:  # noqa: ANN401  # any annotation
    # Input[T] is a union that begins with T.
    if get_origin(annotation) in {NotRequired, Annotated, Union, UnionType}:
        return _bare(get_args(annotation)[0])
    return annotation


def of_kind(component: type[Component], wanted: type) -> list[str]:
    return [key for key, kind in kinds(component).items() if wanted in {kind, get_origin(kind)}]


@every_component
def test_an_argument_that_is_missing_is_named(component: type[Component]) -> None:
    def law(refuse: Refuse, args: dict[str, Any]) -> None:
        for key in shape(component).__required_keys__:
            others = {name: value for name, value in args.items() if name != key}
            assert refuse(others) == f"it.{key}: is missing; it has no default."

    told(component, law)


@every_component
def test_a_misspelt_argument_is_refused_with_the_nearest_and_all_that_there_are(
    component: type[Component],
) -> None:
    allowed = ", ".join(f"`{key}`" for key in kinds(component))

    def law(refuse: Refuse, args: dict[str, Any]) -> None:
        for key in kinds(component):
            wrong = f"{key[:-1]}_"
            assert refuse({**args, wrong: "x"}) == (
                f"it.{wrong}: there is no such argument; did you mean `{key}`? Allowed are "
                f"{allowed}."
            )

    told(component, law)


@every_component
def test_none_is_no_value(component: type[Component]) -> None:
    def law(refuse: Refuse, args: dict[str, Any]) -> None:
        for key in kinds(component):
            needed = key in shape(component).__required_keys__
            hint = "it has no default." if needed else "leave the key out to get the default."
            assert refuse({**args, key: None}) == f"it.{key}: is None; {hint}"

    told(component, law)


@every_component
def test_arguments_that_are_no_mapping_are_refused(component: type[Component]) -> None:
    def law(refuse: Refuse, _: dict[str, Any]) -> None:
        wrong: Any = "boundary"
        assert refuse(wrong) == f"it: {shape(component).__name__}, a mapping, is wanted, not str."

    told(component, law)


@every_component
def test_a_value_of_another_type_is_refused_with_the_one_that_is_wanted(
    component: type[Component],
) -> None:
    def law(refuse: Refuse, args: dict[str, Any]) -> None:
        for key in of_kind(component, list):
            assert refuse({**args, key: 5}) == f"it.{key}: a list is wanted, not int."
        for key in of_kind(component, dict):
            assert refuse({**args, key: []}) == f"it.{key}: a mapping is wanted, not list."
        for key in of_kind(component, bool):
            assert refuse({**args, key: 1}) == f"it.{key}=1: true or false is wanted, not int."
        for key in of_kind(component, int):
            message = refuse({**args, key: True})
            assert message == f"it.{key}=True: a whole number is wanted, not bool."

    told(component, law)


@every_component
def test_a_text_where_a_list_or_a_number_belongs_is_refused(component: type[Component]) -> None:
    def law(refuse: Refuse, args: dict[str, Any]) -> None:
        for key in of_kind(component, list):
            message = refuse({**args, key: "one"})
            assert message == f"it.{key}='one': a list is wanted; put the text in brackets."
        for key in of_kind(component, int):
            message = refuse({**args, key: "5"})
            assert message == f"it.{key}='5': a whole number is wanted, not str."

    told(component, law)


class SecurityBoundary(pulumi.ComponentResource):
    """Stands for the real one, which takes a hundred resources."""

    def __init__(self) -> None:
        super().__init__("test:index:SecurityBoundary", "given-boundary")
        self.args = BOUNDARY


@every_component
def test_the_boundary_itself_in_place_of_its_args_is_explained(component: type[Component]) -> None:
    if "boundary" not in kinds(component):
        return

    def law(refuse: Refuse, args: dict[str, Any]) -> None:
        assert refuse({**args, "boundary": SecurityBoundary()}) == (
            "it.boundary: got the SecurityBoundary itself; pass its `args` attribute."
        )

    told(component, law)
