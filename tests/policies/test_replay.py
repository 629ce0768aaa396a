"""What inputs decide is decided in the preview, so that no update begins that a rule will stop."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rampart_policies.command import main
from rampart_policies.pack import RULES
from rampart_policies.reporting import REPORTING, UNDECIDED
from rampart_policies.verdict import judge
from tests.policies import replay
from tests.policies.replay import Said
from tests.policies.stacks import graph

GOLDEN = Path(__file__).parents[1] / "golden"

Send = Callable[[list[replay.Call]], list[Said]]


@pytest.fixture(scope="module")
def send(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Send]:
    with replay.served(tmp_path_factory.mktemp("unpacked")) as send:
        yield send


def findings(said: list[Said]) -> set[tuple[str, str]]:
    return {(one.rule, one.urn) for one in said if one.rule not in REPORTING}


@pytest.mark.parametrize(
    ("rule", "resource"),
    [
        ("iam-escalation", "role"),  # by a policy beside it, although a second one is unknown
        ("s3-encryption", "data"),  # set by a resource beside the bucket, with AWS's own key
        ("sqs-dead-letters", "jobs"),  # unset, and so unknown until AWS answers
        ("lambda-environment-secret", "worker"),  # marked by the program
        ("lambda-explicit-limits", "worker"),  # filled in by the provider
        ("s3-public-block", "data"),
    ],
)
@pytest.mark.parametrize("mode", ["preview", "update"])
def test_what_is_declared_is_decided_before_anything_is_created(
    mode: str, rule: str, resource: str, send: Send
) -> None:
    # when
    said = send(replay.recorded(mode))

    # then
    assert (rule, resource) in {(one.rule, one.name) for one in said}


def test_a_breach_that_a_preview_can_know_never_lets_the_update_begin(send: Send) -> None:
    # given
    stopping = {(one.rule, one.urn) for one in send(replay.recorded("update")) if one.blocks}

    # when
    previewed = {(one.rule, one.urn) for one in send(replay.recorded("preview")) if one.blocks}

    # then
    assert stopping == previewed


def test_what_is_left_undecided_is_one_line(send: Send) -> None:
    # when
    lines = [one for one in send(replay.recorded("preview")) if one.rule == UNDECIDED]

    # then
    (line,) = lines
    assert not line.blocks
    assert "rampart-policies --stack dev" in line.message


@pytest.mark.parametrize("mode", ["preview", "update"])
def test_offline_says_the_same_of_the_same_program(mode: str, send: Send) -> None:
    # given
    calls = replay.recorded(mode)

    # when
    offline = judge(RULES, graph(replay.as_graph(calls)))

    # then
    assert findings(send(calls)) == {
        (one.rule.id, one.resource.urn) for one in offline if one.findings
    }


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_preview_of_our_own_stacks_is_stopped_by_nothing(stack: str, send: Send) -> None:
    # given
    resources: list[Any] = json.loads((GOLDEN / f"{stack}.json").read_text())["resources"]

    # when
    said = send(replay.preview_of(resources))

    # then
    assert [one for one in said if one.blocks] == []
    assert len([one for one in said if one.rule == UNDECIDED]) <= 1


@pytest.mark.parametrize("mode", ["preview", "update"])
def test_the_findings_of_an_old_stack_block_nothing_and_a_new_one_does(
    mode: str, tmp_path: Path, send: Send
) -> None:
    # given: a snapshot that the command wrote of the same stack, beside waivers.yaml
    calls = replay.recorded(mode)
    before = send(calls)
    state, file = tmp_path / "state.json", tmp_path / "snapshot.json"
    state.write_text(json.dumps({"resources": replay.as_graph(calls)}))
    main(["--graph", str(state), "--write-snapshot", str(file), "--format", "json"])
    assert {one.rule for one in before if one.blocks} >= {"iam-escalation"}
    worse = copy.deepcopy(calls)
    for call in worse:  # AWS runs no function with it any more
        if call["call"] == "Analyze" and call["request"]["name"] == "worker":
            call["request"]["properties"]["runtime"] = "nodejs14.x"

    # when
    (folder := tmp_path / "unpacked").mkdir()
    with replay.served(folder, file.read_text()) as accepting:
        unchanged, changed = accepting(calls), accepting(worse)

    # then
    assert [one for one in unchanged if one.blocks] == []
    assert {(one.rule, one.name) for one in changed if one.blocks} == {("lambda-runtime", "worker")}
