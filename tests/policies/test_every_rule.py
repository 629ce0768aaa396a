"""Every rule of the pack says of its fixtures what it should, and never mistakes an unknown."""

from collections.abc import Iterator

import pytest

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.verdict import Outcome, Verdict, judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Case, Recorded, as_previewed, resources_of, with_one_unknown
from tests.policies.stacks import graph, made

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def outcomes(rule: Rule, resources: list[Recorded]) -> dict[str, Outcome]:
    return {one.resource.urn: one for one in judge([rule], graph(resources))}


def verdicts(rule: Rule, case: Case) -> set[Verdict]:
    return {one.verdict for one in outcomes(rule, resources_of(case)).values()}


@EVERY_RULE
def test_it_holds_where_nothing_is_wrong(rule: Rule) -> None:
    for label, case in fixture_of(rule).holds.items():
        # when
        found = verdicts(rule, case)

        # then
        assert found == {Verdict.HOLDS}, label


@EVERY_RULE
def test_it_is_broken_where_something_is_wrong_and_says_what(rule: Rule) -> None:
    for label, case in fixture_of(rule).breaks.items():
        # when
        found = outcomes(rule, resources_of(case)).values()

        # then
        findings = [finding for one in found for finding in one.findings]
        assert findings, label
        assert len(findings) == len(set(findings)) or len(found) > 1, label


@EVERY_RULE
def test_it_does_not_apply_to_what_it_does_not_speak_of(rule: Rule) -> None:
    # given
    stranger = made("aws:memorydb/cluster:Cluster")

    for label, case in {"a stranger": stranger, **fixture_of(rule).not_applicable}.items():
        # when
        found = outcomes(rule, resources_of(case))

        # then
        assert not found, label


@EVERY_RULE
def test_it_is_undecided_about_a_value_it_needs_and_does_not_know(rule: Rule) -> None:
    # given
    fixture = fixture_of(rule)

    # when
    derived = [
        outcome
        for case in fixture.holds.values()
        for _, resources in with_one_unknown(case)
        for outcome in outcomes(rule, resources).values()
    ]
    given = {label: verdicts(rule, case) for label, case in fixture.undecided.items()}

    # then
    undecided = [one for one in derived if one.verdict is Verdict.UNDECIDED]
    assert undecided or given
    assert all(one.unknown for one in undecided)
    for label, found in given.items():
        assert Verdict.UNDECIDED in found, label


@EVERY_RULE
def test_an_unknown_never_makes_a_breach_hold(rule: Rule) -> None:
    for label, case in fixture_of(rule).breaks.items():
        # given
        broken = {
            urn
            for urn, one in outcomes(rule, resources_of(case)).items()
            if one.verdict is Verdict.BROKEN
        }

        for place, resources in unknowns(case):
            # when
            found = outcomes(rule, resources)

            # then
            for urn in broken:
                assert urn in found, f"{label}, {place} unknown: taken as not applicable"
                assert found[urn].verdict is not Verdict.HOLDS, f"{label}, {place} unknown"


@EVERY_RULE
def test_an_unknown_alone_never_breaks(rule: Rule) -> None:
    for label, case in fixture_of(rule).holds.items():
        for place, resources in unknowns(case):
            # when
            found = outcomes(rule, resources)

            # then
            for one in found.values():
                assert not one.findings, f"{label}, {place} unknown: {one.findings}"


def unknowns(case: Case) -> Iterator[tuple[str, list[Recorded]]]:
    yield "what a preview does not know", as_previewed(case)
    yield from with_one_unknown(case)
