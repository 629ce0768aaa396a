"""A graph of a wrong shape ends in status 2 and names the place; nothing ends in a traceback."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rampart_policies import aws
from rampart_policies.command import main
from rampart_policies.recorded import from_json
from rampart_policies.shape import ShapeError
from tests.policies.identities import granted
from tests.policies.stacks import allow, made

READERS: dict[str, Callable[[str], object]] = {
    "text": str.splitlines,
    "json": json.loads,
    "sarif": json.loads,
    "junit": ET.fromstring,
}
STATUSES = {0, 2, 10, 20, 30, 40}

QUEUE = made(aws.SQS_QUEUE, "jobs", redrivePolicy='{"maxReceiveCount": 3}', tags={"a": "b"})
WORKER = made(
    aws.LAMBDA_FUNCTION,
    "worker",
    environment={"variables": {"TABLE": "orders"}},
    timeout=30,
    vpcConfig={"subnetIds": ["s"], "securityGroupIds": ["g"]},
)
WORKER["property_dependencies"] = {"role": [QUEUE.urn]}
GRAPH: dict[str, Any] = {
    "resources": [QUEUE, WORKER, *granted(allow("s3:*"))],
    "exports": {},
}

TEXTS = st.text(st.characters(codec=None, categories=None), max_size=6) | st.sampled_from(
    ["", "*", "urn:pulumi:a::b::c::d", "arn:aws:s3:::x", "{", "[[", "{{", '{"Statement": 3}']
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def places(value: object, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List every path into a JSON value."""
    found = [above] if above else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*above, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += places(inner, (*above, index))
    return found


def with_one(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    changed = copy.deepcopy(GRAPH)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=st.sampled_from(places(GRAPH)), value=JSON, form=st.sampled_from(sorted(READERS)))
def test_whatever_stands_in_one_place_a_status_comes_back(
    path: tuple[Any, ...],
    value: object,
    form: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # given
    file = tmp_path / "graph.json"
    file.write_text(json.dumps(with_one(path, value)))

    # when
    status = main(["--graph", str(file), "--format", form])

    # then
    assert status in STATUSES
    written = capsys.readouterr()
    if status == 2:
        assert written.err.startswith("error: ")
        assert "resources" in written.err
    else:
        READERS[form](written.out)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=JSON | st.binary(max_size=40))
def test_whatever_the_file_holds_it_is_refused_or_judged(
    content: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    file = tmp_path / "graph.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

    # then
    assert main(["--graph", str(file)]) == 2
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("resources", {}), "resources: expected a list, got an object"),
        (("resources", ["x"]), 'resources[0]: expected an object, got "x"'),
        (("resources", 0, "urn", 7), "resources[0].urn: expected a text, got 7"),
        (("resources", 0, "urn", ""), 'resources[0].urn: expected a text, got ""'),
        (("resources", 0, "type", None), "resources[0].type: expected a text, got null"),
        (("resources", 1, "inputs", []), "resources[1].inputs: expected an object, got a list"),
        (("resources", 1, "outputs", None), "resources[1].outputs: expected an object, got null"),
        (("resources", 1, "parent", 3), "resources[1].parent: expected a text, got 3"),
        (("resources", 1, "id", ["x"]), "resources[1].id: expected a text, got a list"),
        (
            ("resources", 1, "property_dependencies", {"role": None}),
            "resources[1].property_dependencies.role: expected a list, got null",
        ),
        (
            ("resources", 1, "property_dependencies", {"role": [3]}),
            "resources[1].property_dependencies.role[0]: expected a text, got 3",
        ),
        (
            ("resources", 1, "property_dependencies", None),
            "resources[1].property_dependencies: expected an object, got null",
        ),
        (("resources", 1, "urn", QUEUE.urn), "resources[1].urn: "),
        (("resources", 1, "parent", WORKER.urn), "resources[1].parent: leads back"),
        (("resources", 1, "inputs", "a", float("nan")), "resources[1].inputs.a: nan is not"),
        (("resources", 1, "inputs", "a", "\ud800"), "resources[1].inputs.a: text with half"),
    ],
)
def test_the_place_of_a_fault_is_named(change: tuple[Any, ...], place: str) -> None:
    # given
    *path, value = change

    # then
    with pytest.raises(ShapeError) as error:
        from_json(with_one(tuple(path), value))
    assert str(error.value).startswith(place)


def test_blocks_without_end_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for depth, key in ((80, "inputs"), (100_000, "inputs"), (100_000, "exports")):
        # given
        file = tmp_path / "graph.json"
        endless = '{"a":' * depth + "1" + "}" * depth
        one = json.dumps({**QUEUE, key: 0}).replace(f'"{key}": 0', f'"{key}": {endless}')
        file.write_text(f'{{"resources": [{one}]}}')

        # then
        assert main(["--graph", str(file)]) == 2, (depth, key)
        assert capsys.readouterr().err.startswith("error: ")


def test_parents_that_go_round_are_refused() -> None:
    # given
    one, other = copy.deepcopy(QUEUE), copy.deepcopy(WORKER)
    one["parent"], other["parent"] = other.urn, one.urn

    # then
    with pytest.raises(ShapeError, match="leads back"):
        from_json({"resources": [one, other]})
