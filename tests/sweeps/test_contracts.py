"""What a library is asked and answers is declared in one module, which both sides import."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import runtime.shared.contracts

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "runtime"
CONTRACTS = "runtime.shared.contracts"
LIBRARIES = sorted(file.parent.name for file in (RUNTIME / "libraries").glob("*/handler.py"))
# The two answering models share one contract; the other libraries have one of their own name.
SHARED = {"openai": "answerer", "anthropic": "answerer"}
# What contracts are made of, and no library's own.
PARTS = {"content", "message"}


def imports(module: Path) -> dict[str, str]:
    """Return the dotted origin of every name that a module imports."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found


def origin(expression: ast.expr, names: dict[str, str]) -> str:
    """Return where `Name` or `module.Name` comes from."""
    match expression:
        case ast.Name(id=name):
            return names.get(name, f"here.{name}")
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            return f"{names.get(name, name)}.{attribute}"
        case _:
            return ast.unparse(expression)


def calls() -> Iterator[tuple[str, ast.expr, dict[str, str]]]:
    """Yield what each call of a library expects for an answer."""
    for module in RUNTIME.rglob("*.py"):
        names = imports(module)
        for node in ast.walk(ast.parse(module.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=value, attr="invoke"), args=[_, _, answer]
                ) if "library" in ast.unparse(value):
                    yield f"{module.relative_to(ROOT)}:{node.lineno}", answer, names
                case _:
                    pass


def models(package: str) -> Iterator[type[BaseModel]]:
    """Yield the models that are declared in a package."""
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        module = importlib.import_module(found.name)
        for _, one in inspect.getmembers(module, inspect.isclass):
            if issubclass(one, BaseModel) and one.__module__ == module.__name__:
                yield one


def test_every_library_has_a_contract_and_every_contract_a_library() -> None:
    # when
    found = {one.name for one in pkgutil.iter_modules(runtime.shared.contracts.__path__)}

    # then
    assert found - PARTS == {SHARED.get(library, library) for library in LIBRARIES}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_decodes_the_request_of_its_contract(library: str) -> None:
    # given
    handler = RUNTIME / "libraries" / library / "handler.py"
    names = imports(handler)

    # when
    decoded = [
        origin(node.args[0], names)
        for node in ast.walk(ast.parse(handler.read_text()))
        if isinstance(node, ast.Call) and origin(node.func, names).endswith(".decode")
    ]

    # then
    assert decoded == [f"{CONTRACTS}.{SHARED.get(library, library)}.REQUEST"]


def test_every_caller_expects_the_answer_of_a_contract() -> None:
    # when
    found = [(place, origin(answer, names)) for place, answer, names in calls()]

    # then
    assert len(found) > 5
    assert [one for one in found if not one[1].startswith(f"{CONTRACTS}.")] == []


def test_no_shape_of_a_contract_is_declared_a_second_time() -> None:
    # given
    once = {frozenset(one.model_fields): one.__qualname__ for one in models(CONTRACTS)}
    packages = ("runtime.knowledge", "runtime.gallery", "runtime.libraries", "runtime.identity")

    # when
    again = [
        f"{one.__module__}.{one.__qualname__} is {once[fields]}"
        for package in packages
        for one in _declared(package)
        if len(fields := frozenset(one.model_fields)) > 1 and fields in once
    ]

    # then
    assert again == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_has_no_client_for_anybodys_objects_or_tables(library: str) -> None:
    # when
    used = {
        name
        for module in (RUNTIME / "libraries" / library).glob("*.py")
        for name in imports(module).values()
    }

    # then
    forbidden = ("runtime.shared.clients.", "runtime.shared.objects.", "boto3", "botocore")
    assert [name for name in used if name.startswith(forbidden)] == []


def _declared(package: str) -> Iterator[type[BaseModel]]:
    """Yield the models of a package, leaving out handlers, which read the environment."""
    for module in sorted((ROOT / Path(*package.split("."))).rglob("*.py")):
        if module.stem in {"handler", "__init__"} or "revisions" in module.parts:
            continue
        name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
        for _, one in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(one, BaseModel) and one.__module__ == name:
                yield one
