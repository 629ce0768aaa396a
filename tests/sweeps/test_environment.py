"""What a function reads from its environment is exactly what its component puts there."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.systems.golden import ROOT, STACKS, file, recorded

RUNTIME = ROOT / "runtime"
EVERYWHERE = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_LOG_LEVEL"}
# The only code that may look at the environment itself.
READER = RUNTIME / "shared" / "settings.py"
READS = re.compile(r"\b(environ|getenv)\b")
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
WRITES = re.compile(r"environ\[[^\]]+\] = ")
SET_BY_LAMBDA = re.compile(r'environ\.get\("(AWS_LAMBDA_|_X_AMZN_)')


def _functions() -> dict[str, dict[str, Any]]:
    """Return the inputs of all functions by their handlers, those of the other answerer too."""
    found: dict[str, dict[str, Any]] = {}
    for stack in STACKS:
        resources = json.loads(file(stack).read_text())["resources"]
        _collect(found, [(one["type"], one["inputs"]) for one in resources])
    other = recorded("dev", changes={"answerer": "anthropic", "systems": '["knowledge"]'})
    _collect(found, [(one.type, one.inputs) for one in other.resources])
    return found


def _collect(found: dict[str, dict[str, Any]], resources: list[tuple[str, dict[str, Any]]]) -> None:
    for type_, inputs in resources:
        if type_ == "aws:lambda/function:Function":
            handler = inputs.get("handler") or inputs["imageConfig"]["commands"][0]
            found[handler] = inputs


FUNCTIONS = _functions()


@pytest.mark.parametrize("handler", FUNCTIONS)
def test_a_function_reads_the_variables_that_its_component_sets_and_no_others(
    handler: str,
) -> None:
    # given
    folder = ROOT.joinpath(*handler.split(".")[:-2])

    # when
    read = {
        field.upper()
        for module in sorted(folder.glob("*.py"))
        for settings in _settings_read_in(module)
        for field in _fields(module, settings)
    }

    # then
    given = set(FUNCTIONS[handler]["environment"]["variables"])
    assert read == given - EVERYWHERE
    assert given >= EVERYWHERE


def test_every_function_that_there_is_code_for_is_deployed() -> None:
    # when
    written = {
        ".".join([*path.parent.relative_to(ROOT).parts, "handler", "handler"])
        for path in RUNTIME.rglob("handler.py")
    }

    # then
    assert written == set(FUNCTIONS)


def test_nothing_else_is_read_from_the_environment_but_what_lambda_sets() -> None:
    # when
    reads = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in RUNTIME.rglob("*.py")
        if path != READER
        for line in path.read_text().splitlines()
        if READS.search(line) and not (SET_BY_LAMBDA.search(line) or WRITES.search(line))
    ]

    # then
    assert reads == []


def _settings_read_in(module: Path) -> Iterator[str]:
    """Yield the classes on which the module calls `read()` and that are settings."""
    for node in ast.walk(ast.parse(module.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="read"), args=[]):
                if name.endswith("Settings"):
                    yield name


def _fields(module: Path, name: str) -> Iterator[str]:
    """Yield the fields of a class and of its bases, wherever under `runtime` they are defined."""
    tree = ast.parse(module.read_text())
    for node in tree.body:
        match node:
            case ast.ClassDef(name=found) if found == name:
                for statement in node.body:
                    match statement:
                        case ast.AnnAssign(target=ast.Name(id=field)):
                            yield field
                for base in node.bases:
                    assert isinstance(base, ast.Name), ast.unparse(node)
                    if base.id != "Settings":
                        yield from _fields(module, base.id)
            case ast.ImportFrom(module=str(origin), names=names):
                if any((one.asname or one.name) == name for one in names):
                    yield from _fields(ROOT.joinpath(*origin.split(".")).with_suffix(".py"), name)
