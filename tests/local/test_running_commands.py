"""What is asked of a stack that runs in another terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rampart_local.command import app
from rampart_local.deploy import Deployment
from tests.local.conftest import PROGRAM


def ask(command: str, *arguments: str, state_folder: Path) -> str:
    done = CliRunner().invoke(
        app,
        [command, *arguments, "--project", str(PROGRAM), "--state-folder", str(state_folder)],
        catch_exceptions=False,
    )
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_function_is_called_by_its_name_in_the_program(
    cloud: Deployment, state_folder: Path
) -> None:
    # when
    said = ask("invoke", "worker", '{"put": "by command"}', state_folder=state_folder)

    # then
    assert json.loads(said)["environment"]["WORD"] == "one"
    found = cloud.clients.dynamodb.get_item(
        TableName=cloud.exports["table"], Key={"id": {"S": "by command"}}
    )
    assert found.get("Item")


@pytest.mark.usefixtures("cloud")
def test_an_unknown_function_is_said_with_those_there_are(state_folder: Path) -> None:
    # then
    with pytest.raises(LookupError, match=r"no aws:lambda/function:Function 'nope'.*worker"):
        ask("invoke", "nope", state_folder=state_folder)


def test_the_lines_of_a_function_are_filtered(cloud: Deployment, state_folder: Path) -> None:
    # given
    cloud.invoke("worker", {"print": "a needle in the hay"})
    cloud.invoke("worker", {"print": "only hay"})

    # when
    found = ask("logs", "worker", "--filter", "needle", state_folder=state_folder)

    # then
    assert "a needle in the hay" in found
    assert "only hay" not in found


def test_a_stack_that_does_not_run_is_said(tmp_path: Path) -> None:
    # then
    with pytest.raises(RuntimeError, match=r"not running: rampart up --stack dev"):
        ask("alarms", state_folder=tmp_path)
