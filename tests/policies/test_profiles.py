"""Profiles say what they promise, and our own stacks keep what their data asks for."""

from datetime import date
from pathlib import Path
from typing import cast

import pytest

from rampart_policies import profile, waivers
from rampart_policies.pack import RULES
from rampart_policies.recorded import read
from rampart_policies.report import report
from rampart_policies.rule import Enforcement, Severity
from rampart_policies.values import Value, texts_in
from tests.policies.stacks import graph
from tests.policies.toy import toy

GOLDEN = Path(__file__).parents[1] / "golden"
REVIEWED = date(2026, 11, 23)  # waivers expire for the command, not for this test


def test_the_remediate_profile_remedies_whatever_can_be() -> None:
    # when
    chosen = profile.load("remediate", RULES).enforcement

    # then
    remedied = {rule for rule, level in chosen.items() if level is Enforcement.REMEDIATE}
    assert remedied == {rule.id for rule in RULES if rule.remediate}


def test_the_baseline_asks_for_nothing_but_what_is_a_defect_in_anyones_account() -> None:
    # when
    chosen = profile.load("baseline", RULES).enforcement

    # then
    disabled = {rule for rule, level in chosen.items() if level is Enforcement.DISABLED}
    assert disabled == {rule.id for rule in RULES if rule.house}
    blocking = {rule for rule, level in chosen.items() if level is Enforcement.MANDATORY}
    assert blocking == {r.id for r in RULES if not r.house and r.severity >= Severity.HIGH}


def test_a_tutorials_function_has_few_findings_and_each_is_worth_it() -> None:
    # when
    found = {
        name: report(RULES, graph(toy()), profile.load(name, RULES), [], today=REVIEWED).breaches
        for name in ("baseline", "strict")
    }

    # then
    assert [one.rule.id for one in found["baseline"]] == ["api-authorizer", "lambda-public"]
    assert len(found["strict"]) == 16  # docs/policies-howto.md says so


def test_without_a_profile_what_a_house_asks_for_blocks_nothing() -> None:
    levels = {rule.default_enforcement for rule in RULES if rule.house}

    assert levels == {Enforcement.ADVISORY}


@pytest.mark.parametrize("name", ["internal", "public"])
def test_a_data_class_asks_for_what_is_grave_in_a_house_too(name: str) -> None:
    # when
    chosen = profile.load(name, RULES).enforcement

    # then
    grave = {rule.id for rule in RULES if rule.house and rule.severity >= Severity.HIGH}
    left = {rule for rule in grave if chosen[rule] is not Enforcement.MANDATORY}
    assert left <= {  # the content of a public stack may be read by anyone
        *("dynamodb-encryption", "rds-encryption", "s3-encryption"),
        *("sns-encryption", "sqs-encryption"),
    }


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
    stack_graph = read(GOLDEN / f"{stack}.json")
    accepted = waivers.read(waivers.FILE, [rule.id for rule in RULES])

    # when
    result = report(RULES, stack_graph, profile.load(name, RULES), accepted, today=REVIEWED)

    # then
    assert [(one.rule.id, one.finding) for one in result.breaches if one.open and one.blocks] == []
    assert result.undecided == ()
    assert result.waiver_errors == ()
