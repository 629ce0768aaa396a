"""No error about content from outside quotes it: errors end up in logs."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import runtime
from runtime.shared.shape import Shape

CONTENT = "diagnosis F32.1"
# Start a model, a server or a connection when they are imported.
STARTED = ("handler", "function", "migration.revisions")


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(runtime.__path__, "runtime."):
        if not any(part in found.name for part in STARTED):
            yield importlib.import_module(found.name)


def shapes() -> list[type[BaseModel]]:
    ours = {
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Shape)
    }
    return sorted(ours, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def adapters() -> dict[str, TypeAdapter[Any]]:
    return {
        f"{module.__name__}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, TypeAdapter)
    }


def test_every_model_of_ours_is_a_shape() -> None:
    ours = [
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, type) and BaseModel in value.__bases__
        if value.__module__.startswith("runtime.")
    ]
    assert set(ours) == {Shape}


@pytest.mark.parametrize("shape", shapes(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_a_shape_refuses_content_without_quoting_it(shape: type[BaseModel]) -> None:
    # given: each field wrong in another way
    names = [field.validation_alias or name for name, field in shape.model_fields.items()]
    for wrong in (CONTENT, [CONTENT], {"a": CONTENT}):
        for content in ({str(name): wrong for name in names} | {"surprise": wrong}, wrong):
            # then
            assert not quoted(lambda content=content: shape.model_validate(content))
    assert shape.model_config.get("hide_input_in_errors") is True


@pytest.mark.parametrize("name", sorted(adapters()))
def test_an_adapter_refuses_content_without_quoting_it(name: str) -> None:
    adapter = adapters()[name]
    for content in (CONTENT, [CONTENT], {"a": CONTENT}, [{"a": [CONTENT]}], CONTENT * 900):
        assert not quoted(lambda content=content: adapter.validate_python(content))
    assert not quoted(lambda: adapter.validate_json(f'"{CONTENT}'))


def quoted(validation: Any) -> bool:  # noqa: ANN401  # any validation
    try:
        validation()
    except ValidationError as error:
        return CONTENT in str(error)
    return False
