"""A finding names its resource by type, name and URN, and the line that declares it."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from pulumi_rampart.testing import InProcess, record
from rampart_policies import aws
from rampart_policies.command import main
from tests.policies.stacks import Made, made
from tests.policies.test_states import exported, previewed

PROGRAM = """\
from shop_parts import Store
import jobs_library.jobs

Store("orders")
jobs_library.jobs.Jobs("later")
"""
PART = """\
import pulumi
from pulumi_aws import cloudwatch


class {name}(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("shop:index:{name}", name)
        cloudwatch.LogGroup(name, opts=pulumi.ResourceOptions(parent=self))
"""
PLACES = {"orders": "infra/my parts/shop_parts.py:8", "later": "infra/my parts/__main__.py:5"}
"""Where they come from: what an installed library makes, from where the program uses it."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of a program with a component of its own and one of an installed library."""
    folder = tmp_path_factory.mktemp("repository")
    program = folder / "my parts"
    packages = program / ".venv" / "lib" / "python3" / "site-packages"
    (packages / "jobs_library").mkdir(parents=True)
    (packages / "jobs_library" / "jobs.py").write_text(PART.format(name="Jobs"))
    (program / "shop_parts.py").write_text(PART.format(name="Store"))
    (program / "__main__.py").write_text(PROGRAM)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(packages))
        graph = record(program / "__main__.py", host=InProcess(root=folder)).to_json()
    file = folder / "graph.json"
    file.write_text(json.dumps(graph))
    return file


def judged(file: Path, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    main(["--graph", str(file), "--folder", "infra", "--format", form])
    return capsys.readouterr().out


def urn(name: str, kind: str) -> str:
    return f"urn:pulumi:dev::project::shop:index:{kind}${aws.LOG_GROUP}::{name}"


URNS = {"orders": urn("orders", "Store"), "later": urn("later", "Jobs")}


def test_json_has_type_name_urn_and_place(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    breaches = json.loads(judged(recorded, "json", capsys))["breaches"]

    # then
    assert {one["type"] for one in breaches} == {aws.LOG_GROUP}
    assert {one["name"]: one["declared_at"] for one in breaches} == PLACES
    assert {one["name"]: one["resource"] for one in breaches} == URNS


def test_a_scanner_gets_the_place_as_location(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    (run,) = json.loads(judged(recorded, "sarif", capsys))["runs"]

    # then
    found: dict[str, str] = {}
    for result in run["results"]:
        (location,) = result["locations"]
        file = location["physicalLocation"]["artifactLocation"]["uri"]
        line = location["physicalLocation"]["region"]["startLine"]
        (logical,) = location["logicalLocations"]
        found[logical["name"]] = f"{file}:{line}".replace("%20", " ")
        assert logical["fullyQualifiedName"] == URNS[logical["name"]]
        assert aws.LOG_GROUP in result["message"]["text"]
    assert found == PLACES


@pytest.mark.parametrize("form", ["text", "github"])
def test_people_and_pull_requests_read_type_name_urn_and_place(
    form: str, recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    text = judged(recorded, form, capsys)

    # then
    for name, place in PLACES.items():
        file, _, line = place.partition(":")
        at = place if form == "text" else f"file={file},line={line},"
        assert at in text
        assert URNS[name] in text
        assert f"{name} {aws.LOG_GROUP}" in text or f"{aws.LOG_GROUP} {name}:" in text


def test_ci_reads_the_place_of_each_case(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    suites = ET.fromstring(judged(recorded, "junit", capsys))  # noqa: S314  # our own text

    # then
    cases = list(suites.iter("testcase"))
    assert {
        one.get("name"): f"{one.get('file')}:{one.get('line')}"
        for one in cases
        if one.get("classname") != "type"
    } == {URNS[name]: place for name, place in PLACES.items()}


def placed(position: str, state: str, trace: tuple[str, ...] = ()) -> dict[str, Any]:
    group: Made = made(aws.LOG_GROUP, "audit")
    if state == "graph":
        return {"resources": [group | {"source_position": position, "stack_trace": [*trace]}]}
    content = previewed(group) if state == "preview" else exported([group | {"name": "audit"}])
    resources = (
        content["steps"][0]["newState"]
        if state == "preview"
        else content["deployment"]["resources"][0]
    )
    resources["sourcePosition"] = position
    resources["stackTrace"] = [{"sourcePosition": one} for one in trace]
    return content


@pytest.mark.parametrize("state", ["graph", "preview", "export"])
@pytest.mark.parametrize(
    ("position", "place"),
    [
        ("project:///shop/api.py#14,2", "shop/api.py:14"),
        ("project:///__main__.py#7", "__main__.py:7"),
        ("project:///a%20b/c%23d.py#7", "a b/c#d.py:7"),
        ("project:///../../lib/stack.py#235", None),
        ("project:///a/../../lib/stack.py#235", None),
        ("project:///.venv/lib/python3.13/site-packages/x/y.py#3", None),
        ("project:///node_modules/@acme/x/index.js#3,1", None),
        ("project:///file:/shop/api.ts#3,1", None),
        ("project:///x.py#0", None),
        ("", None),
    ],
)
def test_every_state_tells_the_place(
    position: str,
    place: str | None,
    state: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # given
    file = tmp_path / "state.json"
    file.write_text(json.dumps(placed(position, state)))

    # when
    main(["--graph", str(file), "--format", "json"])

    # then
    breaches = json.loads(capsys.readouterr().out)["breaches"]
    assert breaches
    assert {one["declared_at"] for one in breaches} == {place}


@pytest.mark.parametrize("state", ["graph", "preview", "export"])
def test_what_a_librarys_function_declares_stands_where_it_is_called(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    inside = "project:///node_modules/@pulumi/cloudwatch/eventRuleMixins.ts#88,30"
    trace = (inside, "project:///shop/tasks.ts#12,5", "project:///index.ts#3,1")
    file = tmp_path / "state.json"
    file.write_text(json.dumps(placed(inside, state, trace)))

    # when
    main(["--graph", str(file), "--format", "json"])

    # then
    breaches = json.loads(capsys.readouterr().out)["breaches"]
    assert {one["declared_at"] for one in breaches} == {"shop/tasks.ts:12"}


@pytest.mark.parametrize("trace", [1, "x", [1], {"a": 1}])
def test_a_trace_of_another_shape_is_refused_with_its_place(
    trace: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    file = tmp_path / "state.json"
    content = placed("", "export")
    content["deployment"]["resources"][0]["stackTrace"] = trace
    file.write_text(json.dumps(content))

    # then
    assert main(["--graph", str(file)]) == 2
    assert "resources[0].stack_trace" in capsys.readouterr().err
