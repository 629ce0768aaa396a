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
from pulumi import InputPropertiesError, Output
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

import pulumi_rampart
from pulumi_rampart.component import PACKAGE
from pulumi_rampart.package.components import COMPONENTS
from pulumi_rampart.package.provider import RampartProvider
from pulumi_rampart.testing import Graph
from pulumi_rampart.version import __version__
from tests.components.inside import BOUNDARY, recorded

FOLDER = Path(pulumi_rampart.__file__).parents[1]
ENGINE = "127.0.0.1:1"  # is asked nothing before a program runs


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[provider_pb2_grpc.ResourceProviderStub]:
    """The package, started as the engine starts it: by its folder, from anywhere."""
    process = subprocess.Popen(
        [sys.executable, "-u", str(FOLDER), ENGINE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
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


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(RampartProvider().schema or "")


def test_the_engine_can_start_it_by_its_folder(
    plugin: provider_pb2_grpc.ResourceProviderStub,
) -> None:
    # when
    answer = plugin.GetSchema(provider_pb2.GetSchemaRequest(version=0), timeout=30)

    # then
    schema = json.loads(answer.schema)
    assert (schema["name"], schema["version"]) == (PACKAGE, __version__)
    assert set(schema["resources"]) == {f"{PACKAGE}:index:{one.__name__}" for one in COMPONENTS}


def test_the_schema_in_the_repository_is_the_one_the_engine_gets(schema: dict[str, Any]) -> None:
    assert json.loads((FOLDER / "schema.json").read_text()) == schema, "run: make generated"


def test_every_property_of_every_input_and_output_is_described(schema: dict[str, Any]) -> None:
    # given
    described = {
        f"{name}.{group}.{field}": one.get("description")
        for kind in ("resources", "types")
        for name, shape in schema[kind].items()
        for group in ("inputProperties", "properties")
        for field, one in shape.get(group, {}).items()
    }

    # then
    assert len(described) > 150
    assert [field for field, text in described.items() if not text] == []
    assert [name for name, one in schema["resources"].items() if not one.get("description")] == []


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def sent(boundary: Any) -> Any:  # noqa: ANN401  # as the engine sends it
    """Return a boundary as the engine sends it: camel case, whole numbers as floats."""
    return {
        camel(key): float(value) if type(value) is int else value for key, value in boundary.items()
    }


def constructed(kind: str, name: str, inputs: dict[str, Any], *, preview: bool = False) -> Graph:
    """Make a component from what the engine sends."""

    def program() -> None:
        boundary = sent(BOUNDARY)
        # Of a boundary made in the same program, as the engine sends what is computed.
        boundary["keyArn"] = pulumi.Output.from_input(BOUNDARY["key_arn"])
        RampartProvider().construct(
            name, f"{PACKAGE}:index:{kind}", {"boundary": boundary, **inputs}
        )

    return recorded(program, preview=preview)


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


@pytest.mark.parametrize("preview", [True, False])
def test_a_boundary_is_passed_as_one_output(preview: bool) -> None:  # noqa: FBT001  # a parameter of the law
    """In YAML `boundary: ${boundary.args}`, in TypeScript `boundary: boundary.args`."""

    # given
    def program() -> None:
        RampartProvider().construct(
            "jobs",
            f"{PACKAGE}:index:ObservedQueue",
            {
                "boundary": Output.from_input(sent(BOUNDARY)),
                "consumerTimeoutSeconds": 60.0,
            },
        )

    # when
    graph = recorded(program, preview=preview)

    # then
    assert graph.one("aws:sqs/queue:Queue", "jobs").inputs["kmsMasterKeyId"] == BOUNDARY["key_arn"]


def test_a_boundary_tells_other_languages_what_components_take() -> None:
    # given
    outputs: dict[str, Any] = {}

    def program() -> None:
        result = RampartProvider().construct("b", f"{PACKAGE}:index:SecurityBoundary", {})
        outputs.update(result.state)

    # when
    graph = recorded(program)

    # then
    assert outputs["args"].keys() >= sent(BOUNDARY).keys()
    # its functions are constructed elsewhere, so their endpoints cannot be derived
    assert any("interface-sqs" in one.name for one in graph.of("aws:ec2/vpcEndpoint:VpcEndpoint"))


def refused(kind: str, inputs: dict[str, Any]) -> InputPropertiesError:
    with pytest.raises(InputPropertiesError) as caught:
        constructed(kind, "jobs", inputs)
    return caught.value


@pytest.mark.parametrize(
    ("inputs", "place", "reason"),
    [
        (
            {"consumerTimeoutSeconds": 9000.0},
            "consumerTimeoutSeconds",
            "9000: a whole number from 1 to 7200 is allowed; visibility is six times",
        ),
        (
            {"consumerTimeoutSeconds": 60.0, "maxReceive": 3.0},
            "maxReceive",
            "there is no such property; did you mean maxReceives? Allowed are boundary, ",
        ),
        (
            {
                "consumerTimeoutSeconds": 60.0,
                "senders": [{"service": "s3.amazonaws.com", "sourceArn": "a", "arn": "b"}],
            },
            "senders[0].arn",
            "there is no such property; did you mean sourceArn?",
        ),
        (
            {"consumerTimeoutSeconds": 60.0, "senders": [{"service": 5.0, "sourceArn": "a"}]},
            "senders[0].service",
            "5.0: a text is wanted, not float.",
        ),
    ],
)
def test_a_wrong_input_is_named_as_the_callers_language_names_it(
    inputs: dict[str, Any], place: str, reason: str
) -> None:
    # when
    error = refused("ObservedQueue", inputs)

    # then
    (detail,) = error.errors or []
    assert detail["property_path"] == place
    assert detail["reason"].startswith(reason)


@pytest.mark.usefixtures("functions")
def test_a_remedy_names_arguments_as_the_callers_language_does() -> None:
    # when
    boundary = {**sent(BOUNDARY), "egressSubnetIds": []}
    error = refused(
        "ZipLambda", {"source": "functions/hello", "egress": True, "boundary": boundary}
    )

    # then
    (detail,) = error.errors or []
    assert detail["property_path"] == "egress"
    assert "`egressDomains`" in detail["reason"]


def test_a_name_that_is_too_long_is_told_without_a_property() -> None:
    # when
    with pytest.raises(InputPropertiesError) as caught:
        constructed("ObservedQueue", "a" * 90, {"consumerTimeoutSeconds": 60.0})

    # then
    assert "SQS allows 80 characters" in caught.value.message
    assert not caught.value.errors
