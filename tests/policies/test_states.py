"""A stack is judged from whatever shows it: recorded, previewed, or deployed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rampart_policies import aws
from rampart_policies.command import main
from rampart_policies.pack import RULES
from rampart_policies.recorded import from_json
from rampart_policies.rule import Rule
from rampart_policies.verdict import Verdict, judge
from rampart_policies.wire import SECRET_SIGNATURE, SIGNATURE
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Case, Recorded, as_previewed, resources_of
from tests.policies.stacks import graph, made

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def exported(resources: list[Recorded]) -> dict[str, Any]:
    """Write a stack as `pulumi stack export` does."""
    states = [
        {
            "urn": one["urn"],
            "type": one["type"],
            "custom": True,
            "id": one["id"],
            "inputs": one["inputs"] | {"__defaults": []},
            "outputs": one["outputs"] | one["inputs"],
            "dependencies": one["dependencies"],
            "propertyDependencies": one["property_dependencies"] | {"role": None},
        }
        for one in resources
    ]
    return {"version": 3, "deployment": {"manifest": {}, "resources": states}}


def previewed(case: Case, op: str = "create") -> dict[str, Any]:
    """Write a stack as `pulumi preview --json` does: without anything that AWS would answer."""
    steps = [
        {
            "op": op,
            "urn": one["urn"],
            "newState": {
                "urn": one["urn"],
                "type": one["type"],
                "custom": True,
                "inputs": one["inputs"],
                "dependencies": one["dependencies"],
                "propertyDependencies": one["property_dependencies"],
            },
        }
        for one in as_previewed(case)
    ]
    return {"config": {}, "steps": steps, "changeSummary": {op: len(steps)}}


def verdicts(rule: Rule, content: object) -> dict[str, Verdict]:
    return {one.resource.urn: one.verdict for one in judge([rule], from_json(content))}


def cases(rule: Rule) -> Iterator[tuple[str, Case]]:
    fixture = fixture_of(rule)
    yield from fixture.holds.items()
    yield from fixture.breaks.items()


@EVERY_RULE
def test_a_deployed_stack_is_judged_as_its_recorded_graph_is(rule: Rule) -> None:
    for label, case in cases(rule):
        # given
        resources = resources_of(case)
        expected = {one.resource.urn: one.verdict for one in judge([rule], graph(resources))}

        # then
        assert verdicts(rule, exported(resources)) == expected, label


@EVERY_RULE
def test_a_preview_says_nothing_that_the_deployment_would_take_back(rule: Rule) -> None:
    for label, case in cases(rule):
        # given
        deployed = verdicts(rule, {"resources": resources_of(case)})

        # when
        before = verdicts(rule, previewed(case))

        # then
        for urn, verdict in before.items():
            assert verdict in {Verdict.UNDECIDED, deployed.get(urn)}, f"{label}: {urn}"


def test_steps_that_delete_leave_nothing_to_judge() -> None:
    # given
    group = made(aws.LOG_GROUP, "audit")
    content = previewed(group)
    content["steps"] += [
        {"op": "replace", "urn": group.urn, "newState": content["steps"][0]["newState"]},
        {"op": "delete", "urn": "urn:pulumi:x::y::z::old", "oldState": {}},
    ]

    # then
    assert list(from_json(content).resources) == [group.urn]


def test_a_resource_that_waits_for_its_deletion_is_not_judged() -> None:
    # given
    old, new = made(aws.LOG_GROUP, "audit"), made(aws.LOG_GROUP, "audit", retentionInDays=400)
    content = exported([new, old])
    content["deployment"]["resources"][1]["delete"] = True

    # then
    (kept,) = from_json(content).resources.values()
    assert kept.number("retentionInDays") == 400


def test_a_secret_of_a_state_is_a_secret() -> None:
    # given
    envelope = {SIGNATURE: SECRET_SIGNATURE, "ciphertext": "AAAB"}
    function = made(aws.LAMBDA_FUNCTION, "f", environment={"variables": {"SETTING": envelope}})
    (rule,) = [one for one in RULES if one.id == "lambda-environment-secret"]

    # then
    assert set(verdicts(rule, exported([function])).values()) == {Verdict.BROKEN}


@pytest.mark.parametrize(
    "content",
    [
        {"steps": {}},
        {"steps": [1]},
        {"steps": [{"op": "create", "urn": "u"}]},
        {"deployment": []},
        {"deployment": {"resources": "x"}},
        {"deployment": {"resources": [{"urn": 1, "type": "t"}]}},
    ],
)
def test_a_state_of_another_shape_is_refused_with_its_place(
    content: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    file = tmp_path / "state.json"
    file.write_text(json.dumps(content))

    # when
    status = main(["--graph", str(file)])

    # then
    assert status == 2
    message = capsys.readouterr().err
    assert any(place in message for place in ("steps", "deployment", "resources[0].urn"))
