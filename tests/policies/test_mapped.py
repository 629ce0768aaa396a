"""Every mapped id is proven: the rule that claims it accepts and refuses what the control does."""

import pytest

from rampart_policies.controls import controls, not_enforced
from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.verdict import Verdict, judge
from tests.policies.fixture import Case, resources_of
from tests.policies.mapped import (
    apis,
    distributions,
    functions,
    identities,
    messaging,
    neighbours,
    networks,
    stores,
)
from tests.policies.pair import Pair
from tests.policies.stacks import graph

AREAS = (apis, distributions, functions, identities, messaging, neighbours, networks, stores)
PAIRS: dict[str, Pair] = {id_: one for area in AREAS for id_, one in area.PAIRS.items()}
MAPPED = [
    id_
    for control in controls()
    for framework, id_ in control.ids
    if framework != "Rampart" and id_ not in not_enforced()  # our own proposals have our fixtures
]
CLAIMS = [(id_, rule) for id_ in MAPPED for rule in RULES if id_ in rule.covers]


def verdicts(rule: Rule, case: Case) -> set[Verdict]:
    return {one.verdict for one in judge([rule], graph(resources_of(case)))}


def test_every_mapped_id_has_a_pair_and_every_pair_an_id() -> None:
    assert set(MAPPED) - PAIRS.keys() == set()
    assert PAIRS.keys() - set(MAPPED) == set()
    assert sum(len(area.PAIRS) for area in AREAS) == len(PAIRS)


@pytest.mark.parametrize("id_", MAPPED)
def test_what_keeps_a_control_breaks_no_rule_that_claims_it(id_: str) -> None:
    # when
    found = {
        one
        for claimed, rule in CLAIMS
        if claimed == id_
        for one in verdicts(rule, PAIRS[id_].passes)
    }

    # then
    assert found == {Verdict.HOLDS}


@pytest.mark.parametrize(("id_", "rule"), CLAIMS, ids=lambda one: getattr(one, "id", one))
def test_what_breaks_a_control_breaks_each_rule_that_claims_it(id_: str, rule: Rule) -> None:
    assert any(Verdict.BROKEN in verdicts(rule, case) for case in PAIRS[id_].fails)
