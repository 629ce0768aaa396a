"""A stack that runs follows its files: as a diff, without losing anything, or not at all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rampart_local.deploy import Deployment, deploy
from rampart_local.watching import Watcher

PROGRAM = Path(__file__).parent / "program"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(PROGRAM, tmp_path_factory.mktemp("project") / "program")


@pytest.fixture(scope="module")
def cloud(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deploy(project, stack="dev", state_folder=tmp_path_factory.mktemp("state")) as cloud:
        cloud.invoke("worker", {"put": "kept"})
        yield cloud


def stored(cloud: Deployment) -> set[str]:
    found = cloud.clients.dynamodb.scan(TableName=cloud.exports["table"])["Items"]
    return {item["id"].get("S", "") for item in found}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_changed_function_is_live_and_nothing_else_is_touched(
    cloud: Deployment, project: Path
) -> None:
    # given
    edit(project / "function" / "app.py", '"path": sys.path', '"edited": True, "path": sys.path')

    # when
    cloud.refresh()

    # then
    assert cloud.invoke("worker", {})["edited"]
    kinds = {urn.split("::")[2] for urn in cloud.changed}
    assert kinds == {"aws:lambda/function:Function"}
    assert (cloud.created, cloud.deleted) == ([], [])
    assert stored(cloud) == {"kept"}


@pytest.mark.parametrize(
    ("mistake", "error"),
    [
        ("def (", SyntaxError),
        ("1 / 0", ZeroDivisionError),
        # Seen only when it is applied.
        ('aws.sqs.QueuePolicy("lost", queue_url="nowhere", policy="{}")', RuntimeError),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(
    cloud: Deployment, project: Path, mistake: str, error: type[Exception]
) -> None:
    # given
    program = project / "__main__.py"
    before = program.read_text()
    program.write_text(before + f'\naws.sns.Topic("new")\n{mistake}\n')

    # when
    with pytest.raises(error):
        cloud.refresh()
    program.write_text(before)

    # then
    assert stored(cloud) == {"kept"}
    assert not cloud.clients.sns.list_topics()["Topics"]
    assert cloud.invoke("worker", {})["edited"]
    cloud.refresh()
    assert (cloud.created, cloud.changed, cloud.deleted) == ([], [], [])


def test_a_changed_program_is_applied_as_a_diff(cloud: Deployment, project: Path) -> None:
    # given
    program = project / "__main__.py"
    edit(program, "visibility_timeout_seconds=180", "visibility_timeout_seconds=200")
    program.write_text(program.read_text() + '\naws.sns.Topic("new")\n')

    # when
    cloud.refresh()

    # then
    assert [urn.rpartition("::")[2] for urn in cloud.created] == ["new"]
    assert [urn.rpartition("::")[2] for urn in cloud.changed] == ["jobs"]
    assert stored(cloud) == {"kept"}


def test_a_change_is_noticed_once_it_stays(tmp_path: Path) -> None:
    # given
    (tmp_path / ".git").mkdir()
    (tmp_path / "app.py").write_text("one")
    watcher = Watcher(tmp_path)
    assert watcher.settled() == []

    # when
    (tmp_path / "app.py").write_text("two, longer")
    (tmp_path / "new.py").write_text("")
    (tmp_path / ".git" / "index").write_text("")

    # then
    assert watcher.settled() == []
    assert [Path(each).name for each in watcher.settled()] == ["app.py", "new.py"]
    assert watcher.settled() == []
