"""What a rule remedies, it then accepts."""

import pytest

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
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
