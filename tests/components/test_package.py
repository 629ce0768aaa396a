"""What programs in other languages get."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pulumi
import pytest
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

import pulumi_rampart
from pulumi_rampart.functions.function import FunctionArgs
from pulumi_rampart.package import COMPONENTS, PACKAGE
from pulumi_rampart.testing import Graph
from tests.components.wall import BOUNDARY, recorded

FOLDER = Path(pulumi_rampart.__file__).parents[1]
ENGINE = "127.0.0.1:1"  # is asked nothing before a program runs


@pytest.fixture
def plugin() -> Iterator[provider_pb2_grpc.ResourceProviderStub]:
    """The package, started as the engine starts it."""
    process = subprocess.Popen(
        [sys.executable, "-u", str(FOLDER), ENGINE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        text=True,
    )
    assert process.stdout
    try:
        port = process.stdout.readline().strip()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield provider_pb2_grpc.ResourceProviderStub(channel)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_engine_can_start_it_though_modules_are_named_like_the_standard_librarys(
    plugin: provider_pb2_grpc.ResourceProviderStub,
) -> None:
    # when
    answer = plugin.GetSchema(provider_pb2.GetSchemaRequest(version=0), timeout=30)

    # then
    schema = json.loads(answer.schema)
    assert schema["name"] == PACKAGE
    assert set(schema["resources"]) == {f"{PACKAGE}:index:{one.__name__}" for one in COMPONENTS}


def schema() -> dict[str, Any]:
    return json.loads(ComponentProvider(list(COMPONENTS), PACKAGE).schema or "")


def test_every_argument_is_described_in_every_language() -> None:
    # when
    made = schema()

    # then
    described = {
        f"{name}.{field}": field_schema.get("description")
        for kind in ("resources", "types")
        for name, shape in made[kind].items()
        for field, field_schema in shape.get("inputProperties", shape.get("properties", {})).items()
    }
    # The SDK reads descriptions in a class's own body, so what ZipLambda and ImageLambda share has
    # none there.
    shared = {camel(field) for field in FunctionArgs.__annotations__}
    silent = {field for field, text in described.items() if not text}
    assert described
    assert {field for field in silent if field.rpartition(".")[2] not in shared} == set()


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def constructed(kind: str, name: str, inputs: dict[str, Any]) -> Graph:
    """Make a component from what the engine sends: camel case, whole numbers as floats."""

    def program() -> None:
        boundary = {
            camel(key): float(value) if type(value) is int else value
            for key, value in BOUNDARY.items()
        }
        # Of a boundary made in the same program, as the engine sends what is computed.
        boundary["keyArn"] = pulumi.Output.from_input(BOUNDARY["key_arn"])
        ComponentProvider(list(COMPONENTS), PACKAGE).construct(
            name, f"{PACKAGE}:index:{kind}", {"boundary": boundary, **inputs}
        )

    return recorded(program)


def test_a_queue_of_another_language_is_the_queue_of_this_one() -> None:
    # when
    graph = constructed(
        "ObservedQueue",
        "jobs",
        {
            "consumerTimeoutSeconds": 60.0,
            "senders": [{"service": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::uploads"}],
        },
    )

    # then
    queue = graph.one("aws:sqs/queue:Queue", "jobs").inputs
    assert queue["visibilityTimeoutSeconds"] == 360
    assert queue["kmsMasterKeyId"] == BOUNDARY["key_arn"]


@pytest.mark.usefixtures("functions")
def test_a_function_of_another_language_is_the_function_of_this_one() -> None:
    # when
    graph = constructed("ZipLambda", "hello", {"source": "functions/hello", "timeoutSeconds": 5.0})

    # then
    function = graph.one("aws:lambda/function:Function", "hello").inputs
    assert (function["timeout"], function["memorySize"]) == (5, 512)


def test_a_table_of_another_language_is_the_table_of_this_one() -> None:
    # when
    graph = constructed("SecureTable", "records", {"hashKey": "pk", "rangeKey": "sk"})

    # then
    table = graph.one("aws:dynamodb/table:Table", "records").inputs
    assert (table["hashKey"], table["rangeKey"]) == ("pk", "sk")
