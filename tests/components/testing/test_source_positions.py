"""The graph says where the program declares each resource, as the engine does."""

from pathlib import Path

import pytest
from pulumi.runtime.proto import source_pb2

from pulumi_rampart.testing import InProcess, PythonProcess, record
from pulumi_rampart.testing.source_positions import position

QUEUE = "aws:sqs/queue:Queue"
PROGRAM = """\
from infra_parts import Jobs

Jobs("jobs")
"""
PARTS = """\
import pulumi
from pulumi_aws import sqs


class Jobs(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("shop:index:Jobs", name)
        sqs.Queue(name, opts=pulumi.ResourceOptions(parent=self))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    program = tmp_path / "my shop" / "infra"
    program.mkdir(parents=True)
    (program / "__main__.py").write_text(PROGRAM)
    (program / "infra_parts.py").write_text(PARTS)
    return program.parent


@pytest.mark.parametrize("host", [InProcess, PythonProcess])
def test_positions_are_relative_to_the_folder_of_the_project_file(
    host: type[InProcess | PythonProcess], project: Path
) -> None:
    # when
    graph = record(project / "infra" / "__main__.py", host=host(root=project))

    # then
    assert graph.one("shop:index:Jobs", "jobs").source_position == "project:///infra/__main__.py#3"
    assert graph.one(QUEUE, "jobs").source_position == "project:///infra/infra_parts.py#8"
    assert {one["source_position"] for one in graph.to_json()["resources"]} == {
        "project:///infra/__main__.py#3",
        "project:///infra/infra_parts.py#8",
    }


def test_a_resource_that_moves_to_another_line_is_the_same(project: Path) -> None:
    # given
    program = project / "infra" / "__main__.py"
    before = record(program)
    program.write_text("# moved\n" + PROGRAM)

    # when
    after = record(program)

    # then
    assert after == before
    assert after.one("shop:index:Jobs", "jobs").source_position == "project:///__main__.py#4"


@pytest.mark.parametrize(
    ("uri", "line", "column", "written"),
    [
        ("file:///work/shop/api.py", 14, 0, "project:///shop/api.py#14"),
        ("file:///work/shop/api.ts", 14, 2, "project:///shop/api.ts#14,2"),
        ("file:///work/a%20b%23/x.py", 1, 0, "project:///a%20b%23/x.py#1"),
        ("file:///lib/stack.py", 235, 0, "project:///../lib/stack.py#235"),
        ("https://example.com/x.py", 1, 0, ""),
        ("file:x.py", 1, 0, ""),
        ("file:///work/x.py", -1, 0, ""),
        ("file:///work/x.py", 1, -1, ""),
        ("", 0, 0, ""),
    ],
)
def test_a_position_is_written_as_the_engine_writes_it(
    uri: str, line: int, column: int, written: str
) -> None:
    given = source_pb2.SourcePosition(uri=uri, line=line, column=column)

    assert position(given, Path("/work")) == written


def test_a_folder_whose_name_needs_escapes_is_the_same_folder() -> None:
    folder = Path("/work/my shop#1")
    given = source_pb2.SourcePosition(uri=(folder / "api.py").as_uri(), line=3)

    assert position(given, folder) == "project:///api.py#3"


def test_the_calls_that_led_to_a_declaration_are_recorded_as_far_as_they_are_the_programs(
    project: Path,
) -> None:
    # when
    graph = record(project / "infra" / "__main__.py", host=PythonProcess(root=project))

    # then
    assert graph.one(QUEUE, "jobs").stack_trace == [
        "project:///infra/infra_parts.py#8",
        "project:///infra/__main__.py#3",
    ]


def test_a_module_that_nodejs_names_by_its_url_is_found_in_the_folder() -> None:
    given = source_pb2.SourcePosition(uri="file:///work/shop/file:/work/shop/api.ts", line=3)

    assert position(given, Path("/work/shop")) == "project:///api.ts#3"
