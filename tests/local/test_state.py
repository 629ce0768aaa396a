"""What is kept between runs: written at once, readable by its owner only, never overlooked."""

import json
from pathlib import Path

import pytest

from rampart_local.state import Kept, State, StateError, forget_others, load, move


def test_a_saved_state_is_read_again_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    # given
    kept = Kept(digest="d", id="jobs", outputs={"arn": "a"}, inputs={"name": "jobs"})
    state = State(port=4566, generation="state-3", resources={"urn": kept})

    # when
    state.save(tmp_path)

    # then
    assert load(tmp_path) == state
    assert (tmp_path / "state.json").stat().st_mode & 0o077 == 0


def test_where_nothing_was_deployed_the_state_is_empty(tmp_path: Path) -> None:
    # then
    assert load(tmp_path) == State()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 0, "resources": {}}', "{"])
def test_a_state_that_cannot_be_read_is_an_error_that_says_what_to_do(
    tmp_path: Path, text: str
) -> None:
    # given
    (tmp_path / "state.json").write_text(text)

    # then
    with pytest.raises(StateError, match=r"state\.json cannot be read .*rampart reset"):
        load(tmp_path)


def test_the_state_of_the_version_before_is_read(tmp_path: Path) -> None:
    # given
    kept = {"digest": "d", "id": "jobs", "outputs": {"arn": "a"}}
    before = {"version": 1, "whole": True, "port": 4566, "resources": {"urn": kept}}
    (tmp_path / "state.json").write_text(json.dumps(before))

    # when
    state = load(tmp_path)

    # then
    assert (state.port, state.generation) == (4566, "state")
    assert state.resources["urn"].inputs is None
    assert state.next_generation() == "state-1"


def test_a_new_port_is_written_everywhere(tmp_path: Path) -> None:
    # given
    (tmp_path / "aws" / "state-1").mkdir(parents=True)
    files = [tmp_path / "state.json", tmp_path / "aws" / "state-1" / "sqs.json"]
    for file in files:
        file.write_text('"http://127.0.0.1:4566/queue 127.0.0.1:45661 14566"')

    # when
    move(tmp_path, "state-1", 4566, 5000)

    # then
    for file in files:
        assert file.read_text() == '"http://127.0.0.1:5000/queue 127.0.0.1:45661 14566"'


def test_only_the_generation_that_the_state_names_is_kept_and_the_code_it_uses(
    tmp_path: Path,
) -> None:
    # given
    blobs = tmp_path / "aws" / "state" / "lambda-blobs"
    blobs.mkdir(parents=True)
    for name in ("used", "unused"):
        (blobs / f"{name}.zip").touch()
    for name in ("state-1", "state-2"):
        (tmp_path / "aws" / name).mkdir()
        (tmp_path / "aws" / name / "lambda.json").write_text('{"code_blob_ref": "used"}')

    # when
    forget_others(tmp_path, "state-2")

    # then
    assert sorted(each.name for each in (tmp_path / "aws").iterdir()) == ["state", "state-2"]
    assert [each.name for each in blobs.iterdir()] == ["used.zip"]
