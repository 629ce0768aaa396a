"""Each distribution alone, in an empty environment, from a project with `components` of its own."""

import json
import signal
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.distributions.conftest import ENVIRONMENT, Stranger, files_of_distributions

pytestmark = pytest.mark.registry

WHERE = "import {0}; print({0}.__file__)"
TEST = "import test_infrastructure as t; t.test_the_queue_hides_a_message_for_six_timeouts()"


@pytest.fixture
def stranger(
    environments: dict[str, Path], project: Path, request: pytest.FixtureRequest
) -> Stranger:
    return Stranger(environments[request.param], project)


def only(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("stranger", [name], indirect=True, ids=[name])


def test_building_writes_nothing_into_the_checkout(files_before: set[Path], built: Path) -> None:
    assert len(list(built.glob("*.whl"))) == len(list(built.glob("*.tar.gz"))) == 3
    assert files_of_distributions() - files_before == set()


def test_wheels_hold_the_package_with_its_types_and_data_and_nothing_else(built: Path) -> None:
    for wheel in built.glob("*.whl"):
        names = zipfile.ZipFile(wheel).namelist()
        package = wheel.name.split("-")[0]
        assert f"{package}/py.typed" in names
        assert {name.split("/")[0].split("-")[0] for name in names} == {package}
    policies = zipfile.ZipFile(next(built.glob("rampart_policies*.whl"))).namelist()
    assert "rampart_policies/profiles/strict.json" in policies
    local = zipfile.ZipFile(next(built.glob("rampart_local*.whl"))).namelist()
    assert "rampart_local/coverage.md" in local


def test_an_sdist_is_what_pulumi_runs_as_a_package_or_a_pack(built: Path) -> None:
    package = _unpacked(built, "pulumi_rampart")
    assert {"PulumiPlugin.yaml", "__main__.py", "requirements.txt", "schema.json"} <= package
    assert {"PulumiPolicy.yaml", "__main__.py"} <= _unpacked(built, "rampart_policies")


def _unpacked(built: Path, name: str) -> set[str]:
    with tarfile.open(next(built.glob(f"{name}*.tar.gz"))) as archive:
        return {member.partition("/")[2] for member in archive.getnames()}


@only("pulumi-rampart")
def test_the_library_is_used_and_tested_in_a_foreign_project(stranger: Stranger) -> None:
    # when
    where = stranger.run("python", "-c", WHERE.format("pulumi_rampart"))
    tested = stranger.run("python", "-c", TEST)

    # then
    assert "site-packages" in where.stdout, where.stderr
    assert tested.returncode == 0, tested.stderr
    for other in ("rampart_policies", "rampart_local"):
        assert stranger.run("python", "-c", f"import {other}").returncode != 0


@only("rampart-policies")
def test_the_pack_judges_a_graph_of_a_foreign_project(stranger: Stranger) -> None:
    # given
    queue = {
        "urn": "urn:pulumi:dev::shop::aws:sqs/queue:Queue::jobs",
        "type": "aws:sqs/queue:Queue",
        "inputs": {"visibilityTimeoutSeconds": 30},
    }
    (stranger.folder / "graph.json").write_text(json.dumps({"resources": [queue]}))

    # when
    judged = stranger.run("rampart-policies", "--graph", "graph.json", "--format", "json")

    # then
    assert judged.returncode >= 10, judged.stderr
    assert "sqs-encryption" in judged.stdout
    assert stranger.run("python", "-c", "import pulumi_rampart").returncode != 0


@only("rampart-local")
def test_the_laptop_cloud_records_a_foreign_project(stranger: Stranger) -> None:
    # when
    done = stranger.run("rampart", "graph", "--stack", "dev", "--json", "graph.json")

    # then
    assert done.returncode == 0, done.stderr
    graph = json.loads((stranger.folder / "graph.json").read_text())
    names = {one["name"] for one in graph["resources"] if one["type"] == "aws:sqs/queue:Queue"}
    assert {"jobs", "jobs-dead"} <= names


@only("rampart-local")
def test_the_laptop_cloud_runs_a_foreign_project(stranger: Stranger) -> None:
    # given
    locked = stranger.run("python", "-m", "pulumi_rampart.packaging", "lock", "functions")
    assert locked.returncode == 0, locked.stderr

    # when
    running = subprocess.Popen(
        [str(stranger.python.parent / "rampart"), "up", "--stack", "dev"],
        cwd=stranger.folder,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout
    printed: list[str] = []
    try:
        for line in running.stdout:
            printed.append(line)
            if "Ctrl-C stops it" in line:
                break
        running.send_signal(signal.SIGINT)
        printed.append(running.communicate(timeout=60)[0])
    finally:
        running.kill()

    # then
    assert running.returncode == 0, "".join(printed)
    assert any(line.startswith("queue_url: http") for line in printed)
    assert any("worker: shop-dev-worker" in line for line in printed)
