"""`rampart dlq` of the stack that runs here, as an operator types it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rampart_local.command import app
from rampart_local.dead_letters.commands import default_tags
from rampart_local.deploy import Deployment
from tests.local.conftest import PROGRAM


def dlq(*arguments: str, state_folder: Path, answer: str | None = None) -> Result:
    return CliRunner().invoke(
        app,
        ["dlq", *arguments, "--project", str(PROGRAM), "--state-folder", str(state_folder)],
        input=answer,
        catch_exceptions=False,
    )


@pytest.fixture
def dead(cloud: Deployment) -> str:
    """Return an empty dead letter queue."""
    url: str = cloud.exports["dead_and_source"][0]
    cloud.clients.sqs.purge_queue(QueueUrl=url)
    return url


def die(cloud: Deployment, url: str, body: str, error: str = "", reason: str = "") -> str:
    attributes = {"error_type": error, "reason": reason} if error else {}
    answer = cloud.clients.sqs.send_message(
        QueueUrl=url,
        MessageBody=body,
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
    )
    return answer["MessageId"]


def test_letters_are_counted_by_their_cause(
    cloud: Deployment, dead: str, state_folder: Path
) -> None:
    # given
    for n in range(3):
        die(cloud, dead, f"a secret {n}", "UnavailableError", "no answer")
    die(cloud, dead, "a secret", "RejectedError", "unknown_product")
    die(cloud, dead, "a secret")

    # when
    said = dlq("list", state_folder=state_folder)

    # then
    assert said.exit_code == 0
    assert "letters: 5 letters" in said.stdout
    assert "3 x UnavailableError: no answer" in said.stdout
    assert "1 x RejectedError: unknown_product" in said.stdout
    assert "1 x no reason given" in said.stdout
    assert "a secret" not in said.stdout


def test_the_same_is_said_to_programs(cloud: Deployment, dead: str, state_folder: Path) -> None:
    die(cloud, dead, "a secret", "UnavailableError", "no answer")
    listed = json.loads(dlq("list", "--json", state_folder=state_folder).stdout)
    (mine,) = [each for each in listed if each["queue"] == "letters"]
    assert mine["letters"] == 1
    assert mine["causes"][0]["cause"] == "UnavailableError: no answer"


def test_a_letter_is_shown_whole_when_it_is_asked_for(
    cloud: Deployment, dead: str, state_folder: Path
) -> None:
    # given
    message = die(cloud, dead, "the content", "UnavailableError", "no answer")

    # when
    listed = dlq("show", "letters", state_folder=state_folder).stdout
    whole = dlq("show", "letters", "--message", message, state_folder=state_folder).stdout

    # then
    assert message in listed
    assert "the content" not in listed
    assert json.loads(whole)["body"] == "the content"
    # looking changes nothing
    assert "letters: 1 letters" in dlq("list", state_folder=state_folder).stdout


def test_letters_go_back_and_those_that_stay_make_the_command_fail(
    cloud: Deployment, dead: str, state_folder: Path
) -> None:
    # given
    refused = die(cloud, dead, "refused", "RejectedError", "unknown_product")
    die(cloud, dead, "again", "UnavailableError", "no answer")

    # when
    said = dlq("replay-all", "letters", "--rate", "100", state_folder=state_folder)

    # then
    assert said.exit_code == 1
    assert "letters: 1 replayed, 1 stayed" in said.stdout
    assert f"{refused} stayed: its consumer refused" in said.stdout

    # when
    one = dlq("replay", "letters", refused, state_folder=state_folder)

    # then
    assert (one.exit_code, "1 replayed, 0 stayed" in one.stdout) == (0, True)


def test_a_queue_that_there_is_not_is_said_with_those_there_are(
    cloud: Deployment, state_folder: Path
) -> None:
    assert cloud
    for command in (["show", "nope"], ["replay", "nope", "1"], ["purge", "nope", "--yes"]):
        with pytest.raises(LookupError, match=r"no dead letter queue 'nope'; there are: .*letters"):
            dlq(*command, state_folder=state_folder)


def test_purging_asks_first(cloud: Deployment, dead: str, state_folder: Path) -> None:
    # given
    die(cloud, dead, "a letter")

    # when
    kept = dlq("purge", "letters", state_folder=state_folder, answer="n\n")

    # then
    assert kept.exit_code == 1
    assert "letters: 1 letters" in dlq("list", state_folder=state_folder).stdout

    # when
    gone = dlq("purge", "letters", "--yes", state_folder=state_folder)

    # then
    assert "about 1 letters deleted" in gone.stdout
    assert "letters: 0 letters" in dlq("list", state_folder=state_folder).stdout


def test_a_stack_on_aws_is_found_by_its_tags() -> None:
    assert default_tags({"aws:defaultTags": '{"tags": {"stack": "dev"}}'}) == {"stack": "dev"}
    with pytest.raises(LookupError, match="aws:defaultTags"):
        default_tags({})
