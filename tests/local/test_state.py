"""What is kept between runs."""

import stat
from pathlib import Path

import pytest

from rampart_local.state import Kept, State, load, move

KEPT = Kept(digest="d", id="http://127.0.0.1:4000/queue", outputs={"url": "http://127.0.0.1:4000"})


def test_a_saved_state_is_read_again_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    # given
    state = State(port=4000, whole=True, resources={"urn": KEPT})

    # when
    state.save(tmp_path)

    # then
    assert load(tmp_path) == state
    assert stat.S_IMODE((tmp_path / "state.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 0, "resources": {}}', "{"])
def test_a_broken_or_older_state_is_an_empty_one(tmp_path: Path, content: str) -> None:
    # given
    (tmp_path / "state.json").write_text(content)

    # then
    assert load(tmp_path) == State()


def test_a_new_port_is_written_everywhere(tmp_path: Path) -> None:
    # given
    State(port=4000, resources={"urn": KEPT}).save(tmp_path)
    aws = tmp_path / "aws" / "state"
    aws.mkdir(parents=True)
    (aws / "sqs.json").write_text('{"http://127.0.0.1:4000/queue": "127.0.0.1:40001"}')

    # when
    move(tmp_path, 4000, 5000)

    # then
    assert load(tmp_path).resources["urn"].id == "http://127.0.0.1:5000/queue"
    assert (aws / "sqs.json").read_text() == ('{"http://127.0.0.1:5000/queue": "127.0.0.1:40001"}')
