"""`rampart-policies explain RULE` tells what a rule asks, with examples that are proven."""

from pathlib import Path

import pytest

import rampart_policies
from rampart_policies.command import main
from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.tokens import canonical
from tests.policies.examples import examples


def test_the_examples_are_those_of_the_fixtures() -> None:
    """`python -m tests.policies.examples` writes them anew."""
    file = Path(rampart_policies.__file__).with_name("examples.json")

    assert file.read_text() == examples()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_explained_with_a_stack_that_passes_and_one_that_fails(
    rule: Rule, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    status = main(["explain", rule.id])

    # then
    told = capsys.readouterr().out
    assert status == 0
    assert rule.why in told
    assert rule.remedy in told
    passes, fails = told.split("\nPasses:\n")[1].split("\nFails:\n")
    for program in (passes, fails):
        assert any(canonical(kind) in program for kind in rule.on)


def test_a_misspelt_rule_is_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    # when
    status = main(["explain", "sqs-tsl"])

    # then
    assert status == 2
    assert "did you mean sqs-tls" in capsys.readouterr().err
