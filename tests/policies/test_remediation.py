"""What a rule remedies, it then accepts; and what it changed is told."""

import pytest

from rampart_policies.changes import told
from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.values import SECRET, UNKNOWN, Value
from rampart_policies.verdict import Verdict, judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import resources_of
from tests.policies.stacks import graph

REMEDIABLE = [rule for rule in RULES if rule.remediate]


@pytest.mark.parametrize("rule", REMEDIABLE, ids=lambda rule: rule.id)
def test_a_remedied_resource_holds(rule: Rule) -> None:
    assert rule.remediate is not None
    for label, case in fixture_of(rule).breaks.items():
        # given
        resources = resources_of(case)
        (broken,) = judge([rule], graph(resources))

        # when
        resources[0]["inputs"] |= rule.remediate(broken.resource)

        # then
        (after,) = judge([rule], graph(resources))
        assert after.verdict is Verdict.HOLDS, label


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, True, "key from unset to true"),
        (7, 365, "key from 7 to 365"),
        (SECRET, "x", 'key from a secret value to "x"'),
        ({"a": [SECRET]}, "x", 'key from a secret value to "x"'),
        (UNKNOWN, "x", 'key from a value that is not known yet to "x"'),
    ],
)
def test_a_change_is_told_without_secrets(before: Value, after: Value, words: str) -> None:
    assert told({"key": before}, {"key": after}) == words


def test_a_long_value_is_told_in_part() -> None:
    assert len(told({"policy": "x" * 5000}, {"policy": ""})) < 200
