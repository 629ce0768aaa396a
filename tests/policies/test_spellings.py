"""However a program or a state spells the same thing, every rule says the same of it."""

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.tokens import canonical
from rampart_policies.values import Block, UndecidedError, Value
from rampart_policies.verdict import Verdict, judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Case, Recorded, resources_of
from tests.policies.stacks import graph

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@EVERY_RULE
def test_a_block_in_a_list_of_one_is_that_block(rule: Rule) -> None:
    for label, case in cases(rule):
        # given
        expected = verdicts(rule, resources_of(case))

        for place, listed in in_lists_of_one(case):
            # then
            assert verdicts(rule, listed) == expected, f"{label}: {place}"


@EVERY_RULE
def test_a_short_type_token_is_the_long_one(rule: Rule) -> None:
    for label, case in cases(rule):
        # given
        short = resources_of(case)
        for one in short:
            one["type"] = re.sub(r"^(aws:\w+)/\w+:", r"\1:", one["type"])

        # then
        assert verdicts(rule, short) == verdicts(rule, resources_of(case)), label


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_type_a_rule_judges_is_the_one_its_short_token_stands_for(rule: Rule) -> None:
    for token in rule.on:
        assert canonical(re.sub(r"^(aws:\w+)/\w+:", r"\1:", token)) == token


@pytest.mark.parametrize("value", ["NaN", "inf", 10**400, float("nan"), "seven", [1], {"a": 1}])
def test_what_is_no_number_is_undecided_and_never_compared(value: Value) -> None:
    with pytest.raises(UndecidedError):
        Block({"days": value}).number("days")


def test_several_blocks_where_one_is_allowed_are_undecided() -> None:
    # given
    block = Block({"recovery": [{"enabled": True}, {"enabled": False}]})

    # then
    with pytest.raises(UndecidedError):
        block.flag("recovery.enabled")
    with pytest.raises(UndecidedError):
        block.block("recovery")
    assert Block({"recovery": []}).flag("recovery.enabled") is False


def cases(rule: Rule) -> Iterator[tuple[str, Case]]:
    fixture = fixture_of(rule)
    yield from fixture.holds.items()
    yield from fixture.breaks.items()


def verdicts(rule: Rule, resources: list[Recorded]) -> dict[str, Verdict]:
    return {one.resource.urn: one.verdict for one in judge([rule], graph(resources))}


def in_lists_of_one(case: Case) -> Iterator[tuple[str, list[Recorded]]]:
    """Yield the case with each block of properties, at any depth, as a list of that one block."""
    resources = resources_of(case)
    for index, resource in enumerate(resources):
        for path in _blocks(resource["inputs"], ()):
            changed = copy.deepcopy(resources)
            holder: Any = changed[index]["inputs"]
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = [holder[path[-1]]]
            yield f"{resource['name']}.{'.'.join(map(str, path))}", changed


def _blocks(value: object, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        if above:
            yield above
        for key, inner in value.items():
            yield from _blocks(inner, (*above, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, dict):  # an item of a list is no block of its own
                for key, below in inner.items():
                    yield from _blocks(below, (*above, index, key))
