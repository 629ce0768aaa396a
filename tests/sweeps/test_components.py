"""Laws that hold for every component."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pulumi
import pytest
from pulumi_aws import apigateway

import pulumi_rampart
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.package import COMPONENTS, PACKAGE
from tests.components.wall import BOUNDARY, recorded

ROOT = Path(pulumi_rampart.__file__).parent
TESTS = Path(__file__).parent.parent
MOST_LINES = 300

# Children that exist only if an argument asks for them, which the Example does not.
IF_ASKED_FOR = {
    "ApiStage": {"keys"},
    "PrivateBucket": {"logging"},
    "SecureBucket": {"cors", "tiering", "notification"},
    "SecureSecret": {"value"},
    "EgressZone": {"gateways"},
}

ComponentType = type[pulumi.ComponentResource]


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages([str(ROOT)], "pulumi_rampart.")
    apart = ("pulumi_rampart.packaging", "pulumi_rampart.testing")
    return [importlib.import_module(one.name) for one in found if not one.name.startswith(apart)]


def _components() -> list[ComponentType]:
    found = {
        member
        for module in _modules()
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, pulumi.ComponentResource)
        and member.__module__.startswith("pulumi_rampart.")
    }
    return sorted(found - {LambdaFunction}, key=lambda one: one.__name__)


every_component = pytest.mark.parametrize(
    "component", _components(), ids=lambda component: component.__name__
)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Provide the folders that Examples name."""
    for name in ("hello", "model", "worker"):
        folder = tmp_path / "functions" / name
        folder.mkdir(parents=True)
        (folder / "handler.py").write_text("def handler(event, context): ...\n")
        (folder / "Dockerfile").write_text("FROM scratch\n")
    monkeypatch.chdir(tmp_path)


@every_component
def test_its_example_runs_and_all_its_children_have_a_component_as_parent(
    component: ComponentType,
) -> None:
    # when
    graph = recorded(_example(component))

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
def test_its_children_are_named_after_it(component: ComponentType) -> None:
    # when
    graph = recorded(_example(component))

    # then
    for one in graph.resources:
        if one.type == f"{PACKAGE}:index:{component.__name__}":
            names = [child.name for child in graph.children(one.urn)]
            assert [name for name in names if not name.startswith(one.name)] == []


@every_component
def test_its_nodes_and_transforms_name_the_same_children(component: ComponentType) -> None:
    # then
    assert _fields(component, "Nodes") == _fields(component, "Transforms")


@pytest.mark.parametrize(
    "component",
    # The others are made of components only.
    [one for one in _components() if "transforms" in inspect.signature(one).parameters],
    ids=lambda component: component.__name__,
)
def test_every_transform_is_shown_its_child_before_it_is_made(
    component: ComponentType, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    constructor: Any = component.__init__
    shown: dict[str, str] = {}

    def spy(field: str) -> Callable[[object], None]:
        def show(args: object) -> None:
            shown[field] = type(args).__name__

        return show

    transforms = type(constructor.__kwdefaults__["transforms"])
    spies = transforms(**{one.name: spy(one.name) for one in dataclasses.fields(transforms)})
    monkeypatch.setitem(constructor.__kwdefaults__, "transforms", spies)

    # when
    recorded(_example(component))

    # then
    wanted = {one.name for one in dataclasses.fields(transforms)}
    assert wanted - set(shown) == IF_ASKED_FOR.get(component.__name__, set())
    assert all(name.endswith("Args") for name in shown.values())


@every_component
def test_it_has_a_file_of_tests(component: ComponentType) -> None:
    # when
    inside = component.__module__.removeprefix("pulumi_rampart.")
    folder, name = f"components.{inside}".replace(".", "/").rsplit("/", 1)

    # then
    assert (TESTS / folder / f"test_{name}.py").is_file()


@every_component
def test_its_token_is_package_index_class(component: ComponentType) -> None:
    # then
    assert f'"{PACKAGE}:index:{component.__name__}"' in inspect.getsource(component)


@every_component
def test_a_component_that_takes_a_boundary_alone_is_offered_to_other_languages(
    component: ComponentType,
) -> None:
    # given: parts of other components, which nobody makes alone, name more than the wall
    signature = inspect.signature(component)
    needs = [
        name
        for name, one in signature.parameters.items()
        if one.kind is one.KEYWORD_ONLY and one.default is one.empty
    ]
    arguments = signature.parameters["args"].annotation.__annotations__
    parts = {"DatabaseAccess", "ExecutionRole"}

    # then
    if "boundary" in arguments and not needs and component.__name__ not in parts:
        assert component in COMPONENTS


@pytest.mark.parametrize("module", _modules(), ids=lambda module: module.__name__)
def test_no_file_grows_out_of_sight(module: ModuleType) -> None:
    # when
    lines = inspect.getsource(module).count("\n")

    # then
    assert lines <= MOST_LINES, "make it a folder, or take a component out"


def _fields(component: ComponentType, ending: str) -> set[str]:
    """Return the fields of the component's own dataclasses of this kind and of its bases'."""
    modules = {
        importlib.import_module(one.__module__)
        for one in component.__mro__
        if one.__module__.startswith("pulumi_rampart.")
    }
    shapes = [
        shape
        for module in modules
        for shape in vars(module).values()
        if inspect.isclass(shape)
        and dataclasses.is_dataclass(shape)
        and shape.__module__ == module.__name__
        and shape.__name__.endswith(ending)
    ]
    return {one.name for shape in shapes for one in dataclasses.fields(shape)}


def _example(component: ComponentType) -> Callable[[], None]:
    found = re.search(r"Example:\n(.+)", component.__doc__ or "", re.DOTALL)
    assert found, f"{component.__name__} has no Example"
    source = textwrap.dedent(found.group(1))

    def program() -> None:
        exec(source, {component.__name__: component, **_given(source)})  # noqa: S102  # ours

    return program


class _Given:
    """Something of which an Example only names attributes."""

    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)


def _given(example: str) -> dict[str, object]:
    """Return what Examples take as given, made only where it is named."""
    logs = "arn:aws:logs:eu-central-1:123456789012:log-group:x"
    handler = {"name": "shop-hello", "invoke_arn": "arn:invoke", "timeout_seconds": 5}
    values: dict[str, object] = {
        "ObservedQueue": ObservedQueue,
        "boundary": _Given(args=BOUNDARY),
        "key": _Given(arn=BOUNDARY["key_arn"]),
        "logs": _Given(arn=logs, bucket="logs"),
        "vpc": _Given(id="vpc-1"),
        "subnet": _Given(id="subnet-1"),
        "table": _Given(id="rtb-1"),
        "gateway": _Given(id="igw-1"),
        "topic": _Given(arn=BOUNDARY["alarm_topic_arn"]),
        "stage": _Given(arn="arn:aws:apigateway:eu-central-1::/restapis/a/stages/v1"),
        "endpoints": _Given(service_security_group_id="sg-services"),
        "authorizer": _Given(handler=handler),
        "hello": _Given(handler=handler),
    }
    if "api=api" in example:
        api = apigateway.RestApi("given-api")
        values |= {"api": api, "method": api, "integration": api}
    if "queue.consume()" in example:
        values["queue"] = ObservedQueue(
            "given-jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60}
        )
    if "worker" in example:
        values["worker"] = ZipLambda(
            "given-worker", {"boundary": BOUNDARY, "source": "functions/worker"}
        )
    return values
