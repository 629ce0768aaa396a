"""Whatever a program sets inside a resource, beside it or by attachment is judged alike."""

from collections.abc import Iterator

import pytest

from rampart_policies.pack import RULES
from rampart_policies.verdict import Verdict, judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Recorded, resources_of
from tests.policies.form_table import SETTINGS
from tests.policies.forms import Setting
from tests.policies.stacks import Made, graph

EVERY_FORM = pytest.mark.parametrize(
    ("setting", "form"),
    [(one, form) for one in SETTINGS for form in one.forms],
    ids=lambda one: one if isinstance(one, str) else one.rule,
)


def verdicts(rule: str, resources: list[Made] | list[Recorded]) -> set[Verdict]:
    (wanted,) = [one for one in RULES if one.id == rule]
    return {one.verdict for one in judge([wanted], graph(resources))}


@EVERY_FORM
def test_a_bad_setting_is_a_breach_in_every_form(setting: Setting, form: str) -> None:
    assert Verdict.BROKEN in verdicts(setting.rule, setting.forms[form](setting.bad))


@EVERY_FORM
def test_a_good_setting_holds_in_every_form(setting: Setting, form: str) -> None:
    # when
    found = verdicts(setting.rule, setting.forms[form](setting.good))

    # then
    assert found <= {Verdict.HOLDS}
    assert found or not setting.holds


def cases() -> Iterator[tuple[str, str, list[Recorded]]]:
    for rule in RULES:
        fixture = fixture_of(rule)
        for label, case in [*fixture.holds.items(), *fixture.breaks.items()]:
            yield rule.id, label, resources_of(case)


def test_what_a_program_only_reads_is_judged_by_what_the_cloud_says_of_it() -> None:
    """An imported resource (`get`) has no inputs: everything about it is an answer."""
    for rule, label, resources in cases():
        # given
        expected = verdicts(rule, resources)
        for one in resources:
            one["outputs"], one["inputs"] = {**one["outputs"], **one["inputs"]}, {}
            one["external"] = True

        # then
        assert verdicts(rule, resources) == expected, f"{rule}: {label}"
