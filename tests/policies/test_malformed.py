"""Whatever a program sends, every rule answers: no value of a wrong shape stops the others."""

import pytest

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.verdict import judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import with_one_replaced
from tests.policies.stacks import graph

MALFORMED = (
    *("x", "*", "arn:aws", "{", "[1]", '{"a":1}'),
    *(-1, True, None, [], {}, ["x"], [[1]], [{"a": "b"}], {"a": "b"}),
    '{"Statement":{"Effect":"Allow","Action":3,"Resource":{"a":1},"Principal":["x"]}}',
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_value_of_a_wrong_shape_stops_no_rule(rule: Rule) -> None:
    fixture = fixture_of(rule)
    for case in [*fixture.holds.values(), *fixture.breaks.values()]:
        for value in MALFORMED:
            for _, resources in with_one_replaced(case, value):
                # when
                outcomes = list(judge([rule], graph(resources)))

                # then
                assert all(one.verdict for one in outcomes)
