"""Profiles say what they promise, and our own stacks keep what their data asks for."""

from datetime import date
from pathlib import Path
from typing import cast

import pytest

from rampart_policies import profile, waivers
from rampart_policies.pack import RULES
from rampart_policies.recorded import read
from rampart_policies.report import report
from rampart_policies.rule import Enforcement
from rampart_policies.values import Value, texts_in

GOLDEN = Path(__file__).parents[1] / "golden"
REVIEWED = date(2026, 11, 23)  # waivers expire for the command, not for this test


def test_the_remediate_profile_remedies_whatever_can_be() -> None:
    # when
    chosen = profile.load("remediate", RULES).enforcement

    # then
    remedied = {rule for rule, level in chosen.items() if level is Enforcement.REMEDIATE}
    assert remedied == {rule.id for rule in RULES if rule.remediate}


@pytest.mark.parametrize("name", ["confidential", "personal", "strict"])
def test_sensitive_data_is_held_to_every_rule(name: str) -> None:
    # when
    chosen = profile.load(name, RULES)

    # then
    assert set(chosen.enforcement.values()) == {Enforcement.MANDATORY}


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_no_profile_needs_the_names_of_a_stacks_resources(stack: str) -> None:
    # given
    names = {one.name for one in read(GOLDEN / f"{stack}.json").resources.values()}

    # when
    said = {
        text
        for name in profile.names()
        for settings in profile.load(name, RULES).settings.values()
        for text in texts_in(cast("Value", dict(settings)))
    }

    # then
    assert said & names == set()


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_our_stacks_pass_without_any_profile_as_the_engine_judges_them(stack: str) -> None:
    # given: what `pulumi up --policy-pack policies` runs, each rule with its own defaults
    graph = read(GOLDEN / f"{stack}.json")
    accepted = waivers.read(waivers.FILE, [rule.id for rule in RULES])

    # when
    result = report(RULES, graph, profile.load("baseline", RULES), accepted, today=REVIEWED)

    # then
    assert result.exit_status == 0


@pytest.mark.parametrize(
    ("stack", "name"),
    [("dev", "strict"), ("dev", "internal"), ("prod", "strict"), ("prod", "confidential")],
)
def test_our_stacks_pass_the_strictest_profile_and_that_of_their_data(
    stack: str, name: str
) -> None:
    # given
    graph = read(GOLDEN / f"{stack}.json")
    accepted = waivers.read(waivers.FILE, [rule.id for rule in RULES])

    # when
    result = report(RULES, graph, profile.load(name, RULES), accepted, today=REVIEWED)

    # then
    assert [(one.rule.id, one.finding) for one in result.breaches if one.open and one.blocks] == []
    assert result.undecided == ()
    assert result.waiver_errors == ()
