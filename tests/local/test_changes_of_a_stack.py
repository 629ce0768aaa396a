"""A stack that exists is brought to what its program says; its data stays."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rampart_local.deploy import Deployment, deploy
from rampart_local.guard import RefusedError
from rampart_local.reset import reset

PROGRAM = Path(__file__).parent / "program"

Up = Callable[..., Deployment]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "stack"


@pytest.fixture
def up(folder: Path, said: list[str]) -> Up:
    def start(**config: str) -> Deployment:
        said.clear()
        return deploy(
            PROGRAM,
            stack="dev",
            state_folder=folder,
            config={f"foreign:{key}": value for key, value in config.items()},
            say=said.append,
        )

    return start


def stored(cloud: Deployment) -> set[str]:
    found = cloud.clients.dynamodb.scan(TableName=cloud.exports["table"])["Items"]
    return {item["id"].get("S", "") for item in found}


def names(urns: object) -> list[str]:
    return sorted(str(urn).rpartition("::")[2] for urn in urns)  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType, reportUnknownArgumentType]  # a collection of URNs


@pytest.mark.parametrize(
    ("config", "error"),
    [({"misspelt": "true"}, NameError), ({"refused": "true", "word": "two"}, RuntimeError)],
)
def test_a_program_that_fails_leaves_the_stack_as_it_was(
    up: Up, config: dict[str, str], error: type[Exception]
) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})

    # when
    with pytest.raises(error):
        up(**config)

    # then
    with up() as second:
        assert stored(second) == {"kept"}
        assert not second.created
        assert not second.changed
        assert second.invoke("worker", {})["environment"]["WORD"] == "one"


def test_a_removed_resource_is_deleted_and_said_and_the_rest_stays(up: Up, said: list[str]) -> None:
    # given
    with up(extra="true") as first:
        first.invoke("worker", {"put": "kept"})
        assert first.clients.sns.list_topics()["Topics"]

    # when
    with up() as second:
        # then
        assert not second.clients.sns.list_topics()["Topics"]
        assert (second.created, second.changed) == ([], [])
        assert names(second.deleted) == ["extra"]
        assert stored(second) == {"kept"}
    assert "- delete aws:sns/topic:Topic extra" in said


def test_a_changed_tag_is_an_update(up: Up, said: list[str]) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})

    # when
    with up(tag="somebody") as second:
        # then
        assert names(second.changed) == ["seen"]
        assert stored(second) == {"kept"}
    assert "~ update aws:dynamodb/table:Table seen (tags)" in said


def test_a_renamed_queue_is_replaced_and_what_feeds_on_it_follows(up: Up, said: list[str]) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})

    # when
    with up(queue="renamed") as second:
        second.clients.sqs.send_message(
            QueueUrl=second.exports["queue_url"], MessageBody='{"put": "through"}'
        )

        # then
        queues = second.clients.sqs.list_queues()["QueueUrls"]
        assert not [url for url in queues if url.rpartition("/")[2].startswith("jobs")]
        assert "renamed" in {url.rpartition("/")[2] for url in queues}
        sources = second.clients.lambda_.list_event_source_mappings()["EventSourceMappings"]
        fed = {each.get("EventSourceArn", "").rpartition(":")[2] for each in sources}
        assert "renamed" in fed
        assert not [each for each in fed if each.startswith("jobs")]
        assert stored(second) >= {"kept"}
    assert "+- replace aws:sqs/queue:Queue jobs (name)" in said
    new, old = (
        said.index("+- replace aws:sqs/queue:Queue jobs (name)"),
        said.index("- delete aws:sqs/queue:Queue jobs (replaced)"),
    )
    assert new < old


def test_a_renamed_function_is_replaced(up: Up) -> None:
    # given
    up().stop()

    # when
    with up(function="renamed") as second:
        # then
        listed = second.clients.lambda_.list_functions()["Functions"]
        assert "renamed" in {each.get("FunctionName") for each in listed}
        assert not [each for each in listed if each.get("FunctionName", "").startswith("worker")]
        assert second.invoke("renamed", {})["environment"]["WORD"] == "one"


@pytest.mark.parametrize("reset_first", [False, True])
def test_what_holds_data_is_not_deleted_before_it_is_asked_for(
    up: Up, folder: Path, *, reset_first: bool
) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})

    # when: the table has another name in the program
    if reset_first:
        reset(PROGRAM, stack="dev", state_folder=folder, resource="seen")
        with up(table="other") as second:
            # then
            assert second.clients.dynamodb.list_tables()["TableNames"] == [second.exports["table"]]
            assert stored(second) == set()
        return
    with pytest.raises(RefusedError, match=r"Table seen .* holds items.*rampart reset seen"):
        up(table="other", word="two")

    # then: nothing else was changed either
    with up() as second:
        assert stored(second) == {"kept"}
        assert not second.changed


def test_a_reset_resource_is_new_and_what_belongs_to_it_is_there_again(
    up: Up, folder: Path
) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "gone"})

    # when
    gone = reset(PROGRAM, stack="dev", state_folder=folder, resource="jobs")

    # then
    assert names(gone) == ["jobs", "jobs"]
    with up() as second:
        assert names(second.created) == ["jobs", "jobs"]
        assert stored(second) == {"gone"}
    with pytest.raises(LookupError, match=r"no resource 'nope'.*seen"):
        reset(PROGRAM, stack="dev", state_folder=folder, resource="nope")


def test_everything_of_a_stack_can_be_reset(up: Up, folder: Path) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "gone"})
        with pytest.raises(RuntimeError, match="already running"):
            reset(PROGRAM, stack="dev", state_folder=folder)

    # when
    reset(PROGRAM, stack="dev", state_folder=folder)

    # then
    with up() as second:
        assert not second.reused
        assert stored(second) == set()


def test_a_killed_stack_has_everything_that_was_answered(up: Up, folder: Path) -> None:
    # given
    cloud = up()
    for number in range(20):
        cloud.clients.dynamodb.put_item(
            TableName=cloud.exports["table"], Item={"id": {"S": str(number)}}
        )
    cloud.clients.sqs.send_message(
        QueueUrl=cloud.exports["queue_url"], MessageBody="{}", DelaySeconds=900
    )

    # when
    for pid in servers(folder):
        os.kill(pid, signal.SIGKILL)
    cloud.stop()

    # then
    with up() as second:
        assert stored(second) == {str(number) for number in range(20)}
        assert not second.created
        waiting = second.clients.sqs.get_queue_attributes(
            QueueUrl=second.exports["queue_url"], AttributeNames=["All"]
        )["Attributes"]
        assert waiting["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_state_that_cannot_be_read_is_not_overwritten(up: Up, folder: Path) -> None:
    # given
    up().stop()
    (folder / "state.json").write_text("{half")

    # then
    with pytest.raises(RuntimeError, match=r"state\.json cannot be read .*rampart reset"):
        up()
    assert (folder / "state.json").read_text() == "{half"
    assert list((folder / "aws").glob("state-*"))


def servers(folder: Path) -> list[int]:
    listed = subprocess.run(
        ["/bin/ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 1) for line in listed.stdout.splitlines()[1:]]
    return [int(pid) for pid, args in lines if str(folder) in args and "server" in args]
