"""A property broken on purpose is noticed by its rule and by no unrelated one."""

import pytest

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from tests.policies.every_fixture import fixture_of
from tests.policies.mutations import mutation_of


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_its_rule_and_no_unrelated_one_notices(rule: Rule) -> None:
    # given
    expected = {rule.id, *fixture_of(rule).also}

    # when
    mutation = mutation_of(rule)

    # then
    assert rule.id in mutation.noticed
    assert mutation.noticed <= expected, f"on {mutation.base}: {mutation.resource}"
