"""What the recorder makes of a program is what Pulumi's own engine made of it.

Each folder of `engine/` is a program and, in case.json, its configuration, what the provider
answered, and what the engine (CLI 3.274.1) recorded in a preview and in an update. Default
providers, hashes of assets and the provider's version are left out; secrets are masked.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pulumi_rampart.testing import Graph, NodeProcess, PythonProcess, Registration, record, secret
from pulumi_rampart.testing.record import Host

CASES = Path(__file__).parent / "engine"
STACK = "pulumi:pulumi:Stack"
GENERATED = Path(__file__).with_name("generated_sdk.ts")
needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="a TypeScript program needs npm")
MARKS = {"hash", "__internal", "packageVersion"}
NETWORK = {
    "organization/network/dev": {
        "vpc_id": "vpc-0123456789abcdef0",
        "subnets": ["subnet-a", "subnet-b"],
        "token": secret("t0ken"),
    }
}


FAILURES = {
    "duplicate": r"Duplicate resource URN 'urn:pulumi:dev::duplicate::aws:sqs/queue:Queue::jobs'",
    "failing_apply": "division by zero",
    "missing_config": "Missing required configuration variable 'missing_config:colour'",
    "missing_input": "Missing required property 'bucket'",
    "raises": "not like this",
    "run_error": "configure shop:colour first",
}


def python_cases() -> list[str]:
    return sorted(file.parent.name for file in CASES.glob("*/__main__.py"))


def case_of(name: str) -> dict[str, Any]:
    return json.loads((CASES / name / "case.json").read_text())


class Replay:
    """The cloud that answers as the provider behind the engine did."""

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        self._answers = answers

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        return self._settled("create", resource)

    def read(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        return self._settled("read", resource)

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        same = [one for one in self._answers if one.get("invoke") == token]
        return next((one for one in same if one["arguments"] == arguments), same[0])["answer"]

    def _settled(self, what: str, resource: Registration) -> tuple[str, dict[str, Any]]:
        for one in self._answers:
            if one.get(what) == resource.urn:
                return one["id"], one["outputs"]
        # The engine was not asked: the update failed before.
        return resource.name, {}


def recorded(
    name: str, *, preview: bool, host: Host | None = None, program: Path | None = None
) -> Graph:
    case = case_of(name)
    return record(
        program or CASES / name / "__main__.py",
        project=name,
        config=case["config"],
        preview=preview,
        cloud=Replay(case["answers"]),
        stack_references=NETWORK,
        host=host,
    )


def shown(graph: Graph, *, preview: bool) -> dict[str, Any]:
    """The graph in the form of case.json."""
    found: dict[str, Any] = {}
    for one in graph.resources:
        if one.type == STACK:
            continue
        fields: dict[str, Any] = {
            "parent": one.parent,
            "inputs": without_marks(one.inputs),
            "dependencies": one.dependencies,
            "property_dependencies": one.property_dependencies,
            "provider": one.provider,
            "options": {
                key: value
                for key, value in one.options.items()
                # An update does not keep these among the options of a resource.
                if key not in {"aliases", "deleteBeforeReplace"}
            },
            "external": one.external,
            "source_position": in_program(one.source_position),
        }
        if not preview:
            fields["outputs"] = without_marks(one.outputs)
            if not one.type.startswith("pulumi:providers:"):
                fields["id"] = one.id
        found[one.urn] = fields
    return found


def in_program(position: str) -> str:
    """A position in the program's own files: where packages lie differs between machines."""
    return "" if position.startswith("project:///../") else position


def without_marks(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        return {k: without_marks(v) for k, v in value.items() if k not in MARKS}
    return [without_marks(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("mode", ["preview", "up"])
@pytest.mark.parametrize("name", python_cases())
def test_the_recorder_comes_to_the_engines_resources(name: str, mode: str) -> None:
    # given
    expected, preview = case_of(name)[mode], mode == "preview"
    assert expected["fails"] == (name in FAILURES)
    if expected["fails"]:
        # then
        with pytest.raises(Exception, match=FAILURES[name]):
            recorded(name, preview=preview)
        return

    # when
    graph = recorded(name, preview=preview)

    # then
    assert shown(graph, preview=preview) == expected["resources"]
    if not preview:
        assert {k: v for k, v in graph.exports.items() if v is not None} == expected["exports"]


@pytest.mark.parametrize("name", ["assets", "hooks", "providers", "rehydrated", "transforms"])
def test_a_program_in_a_process_of_its_own_comes_to_the_same_graph(name: str) -> None:
    # when
    here = recorded(name, preview=False)
    there = recorded(name, preview=False, host=PythonProcess())

    # then
    assert there == here
    assert [one.source_position for one in there.resources] == [
        one.source_position for one in here.resources
    ]


def test_what_fails_in_a_process_of_its_own_fails_here_with_its_words() -> None:
    # then
    with pytest.raises(Exception, match=FAILURES["run_error"]):
        recorded("run_error", preview=True, host=PythonProcess())
    with pytest.raises(Exception, match=r"(?s)__main__\.py.*not like this"):
        recorded("raises", preview=True, host=PythonProcess())


@pytest.fixture(scope="module")
def with_npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The TypeScript program, with the SDKs that it asks for."""
    program = tmp_path_factory.mktemp("npm") / "typescript"
    shutil.copytree(CASES / "typescript", program)
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--silent"],  # noqa: S607  # from PATH
        cwd=program,
        check=True,
    )
    return program


@pytest.mark.registry
@needs_npm
def test_a_typescript_program_comes_to_the_engines_resources(with_npm: Path) -> None:
    for mode in ("preview", "up"):
        # when
        preview = mode == "preview"
        graph = recorded("typescript", preview=preview, host=NodeProcess(), program=with_npm)

        # then
        assert shown(graph, preview=preview) == case_of("typescript")[mode]["resources"]


@pytest.mark.registry
@needs_npm
@pytest.mark.parametrize("mode", ["preview", "up"])
def test_a_typescript_program_uses_our_components_through_the_sdk_of_our_schema(
    with_npm: Path, mode: str
) -> None:
    # given: classes as `pulumi package add` generates them, and a transform of the whole stack
    program = with_npm / "own"
    program.mkdir(exist_ok=True)
    for name in ("package.json", "tsconfig.json"):
        shutil.copy(with_npm / name, program)
    shutil.copy(GENERATED, program / "index.ts")

    # when
    graph = record(program, host=NodeProcess(), preview=mode == "preview")

    # then: the parts of the components, changed by the program
    queues = graph.of("aws:sqs/queue:Queue")
    assert {one.name for one in queues} == {"jobs", "jobs-dead"}
    assert all(one.inputs["tags"] == {"by": "stack"} for one in queues)
    assert graph.of("aws:kms/key:Key")
    if mode == "up":
        assert graph.exports["arn"].startswith("arn:aws:sqs:")
