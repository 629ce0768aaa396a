"""A stack's life on a laptop: created once, changed in place, stopped without a trace."""

import base64
import json
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rampart_local.deploy import Deployment, deploy

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
        return deploy(
            PROGRAM,
            stack="dev",
            state_folder=folder,
            config={f"foreign:{key}": value for key, value in config.items()},
            say=said.append,
        )

    return start


def processes(folder: Path) -> dict[int, str]:
    """Find processes that were started with something in this folder."""
    listed = subprocess.run(
        ["/bin/ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 1) for line in listed.stdout.splitlines()[1:]]
    return {int(pid): args for pid, args in lines if str(folder) in args}


def port(cloud: Deployment) -> int:
    return int(cloud.endpoint.rpartition(":")[2])


def test_a_second_run_creates_nothing_and_finds_what_the_first_stored(up: Up) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})
        first.clients.sqs.send_message(QueueUrl=first.exports["queue_url"], MessageBody="{}")
        exports, created = first.exports, len(first.created)

    # when
    with up() as second:
        found = second.clients.dynamodb.get_item(
            TableName=second.exports["table"], Key={"id": {"S": "kept"}}
        )

        # then
        assert (len(second.created), len(second.changed)) == (0, 0)
        assert len(second.reused) == created
        assert second.exports == exports
        assert found.get("Item")
        assert second.invoke("worker", {})["environment"]["WORD"] == "one"


def test_a_call_at_deployment_is_made_once_and_again_when_it_changes(up: Up) -> None:
    def rows(cloud: Deployment) -> set[str]:
        found = cloud.clients.dynamodb.scan(TableName=cloud.exports["table"])["Items"]
        return {item["id"].get("S", "") for item in found}

    # given
    with up(first='{"put": "one"}') as first:
        assert rows(first) == {"one"}
        first.clients.dynamodb.delete_item(
            TableName=first.exports["table"], Key={"id": {"S": "one"}}
        )

    # when
    with up(first='{"put": "one"}') as second:
        # then
        assert rows(second) == set()
    with up(first='{"put": "two"}') as third:
        assert rows(third) == {"two"}


def test_a_call_at_deployment_that_fails_is_told(up: Up) -> None:
    # then
    with pytest.raises(RuntimeError, match=r"Invocation first: .*no such table"):
        up(first='{"fail": "no such table"}')


def test_a_changed_function_is_changed_in_place(up: Up) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})

    # when
    with up(word="two") as second:
        # then
        assert second.invoke("worker", {})["environment"]["WORD"] == "two"
        assert not second.created
        assert [urn.rpartition("::")[2] for urn in second.changed] == ["worker"]


def test_a_new_resource_is_created_beside_the_others(up: Up) -> None:
    # given
    up().stop()

    # when
    with up(extra="true") as second:
        # then
        assert [urn.rpartition("::")[2] for urn in second.created] == ["extra"]


def test_a_stopped_stack_leaves_no_process_port_or_temporary_folder(up: Up, folder: Path) -> None:
    # given
    temporary = Path(tempfile.gettempdir())
    before = set(temporary.iterdir())
    cloud = up()
    cloud.invoke("worker", {})
    cloud.invoke("heavy", {})
    assert processes(folder)

    # when
    cloud.stop()

    # then
    assert not processes(folder)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port(cloud))) != 0
    assert not list((folder / "aws" / "functions" / "environments").iterdir())
    assert not [each for each in set(temporary.iterdir()) - before if "lambda" in each.name]


def test_a_stack_that_runs_is_not_started_a_second_time(up: Up) -> None:
    # given
    with up() as first:
        # when
        with pytest.raises(RuntimeError, match="already running"):
            up()

        # then
        assert first.invoke("worker", {})


def test_a_taken_port_moves_the_stack_and_keeps_its_content(up: Up, said: list[str]) -> None:
    # given
    with up() as first:
        first.invoke("worker", {"put": "kept"})
        first.clients.sqs.send_message(
            QueueUrl=first.exports["queue_url"], MessageBody="{}", DelaySeconds=900
        )

    # when
    with socket.create_server(("127.0.0.1", port(first))), up() as second:
        # then
        assert port(second) != port(first)
        assert str(port(second)) in second.exports["api_url"]
        assert not second.created
        waiting = second.clients.sqs.get_queue_attributes(
            QueueUrl=second.exports["queue_url"], AttributeNames=["All"]
        )["Attributes"]
        assert waiting["ApproximateNumberOfMessagesDelayed"] == "1"
        assert second.clients.dynamodb.scan(TableName=second.exports["table"])["Count"] == 1
    assert any("is taken" in line for line in said)


def test_a_failing_resource_is_named_and_nothing_stays_running(
    tmp_path: Path, folder: Path
) -> None:
    # given
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: broken\nruntime: python\n")
    (project / "Pulumi.dev.yaml").write_text("config: {}\n")
    (project / "__main__.py").write_text(
        'import pulumi_aws as aws\naws.sqs.QueuePolicy("lost", queue_url="nowhere", policy="{}")\n'
    )

    # when
    with pytest.raises(RuntimeError, match=r"aws:sqs/queuePolicy:QueuePolicy lost: "):
        deploy(project, stack="dev", state_folder=folder)

    # then
    assert not processes(folder)


def test_a_token_names_its_tenant_and_the_issuer_that_the_program_computes(up: Up) -> None:
    # given
    with up() as cloud:
        # when
        payload = cloud.token("acme").split(".")[1]

        # then
        claims = json.loads(_decoded(payload))
        assert claims["custom:tenant"] == "acme"
        assert claims["iss"] == cloud.exports["issuer"]
        assert claims["aud"] == cloud.exports["audience"]


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
