"""A property broken on purpose is noticed by its rule and by no unrelated one."""

import pytest

from rampart_policies.pack import RULES
from tests.policies.every_fixture import fixture_of
from tests.policies.mutations import Mutation, mutations

MUTATED = list(mutations())


def test_every_rule_is_mutated_once() -> None:
    assert [one.rule.id for one in MUTATED] == [rule.id for rule in RULES]


@pytest.mark.parametrize("mutation", MUTATED, ids=lambda one: one.rule.id)
def test_its_rule_and_no_unrelated_one_notices(mutation: Mutation) -> None:
    expected = {mutation.rule.id, *fixture_of(mutation.rule).also}

    assert mutation.rule.id in mutation.noticed
    assert mutation.noticed <= expected, f"on {mutation.base}: {mutation.resource}"
