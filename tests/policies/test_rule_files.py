"""Every rule file is in the pack, is short, and has fixtures; every fixture has a rule."""

import re
from pathlib import Path

import rampart_policies.rules
from rampart_policies.pack import RULES

FOLDER = Path(rampart_policies.rules.__file__).parent
FILES = {file.stem for file in FOLDER.glob("*.py") if file.stem != "__init__"}
FIXTURES = {file.stem for file in (Path(__file__).parent / "rules").glob("*.py")}


def test_every_rule_file_is_in_the_pack() -> None:
    assert {rule.check.__module__.rpartition(".")[2] for rule in RULES} == FILES


def test_every_rule_has_a_fixture_and_every_fixture_a_rule() -> None:
    assert FIXTURES == FILES


def test_every_rule_is_under_forty_lines() -> None:
    # when
    long = {
        name: lines
        for name in FILES
        if (lines := len((FOLDER / f"{name}.py").read_text().splitlines())) > 39
    }

    # then
    assert not long


def test_a_remedy_is_in_the_words_of_aws_and_pulumi() -> None:
    """Whoever reads it may have none of our components."""
    ours = re.compile(r"\bcomponents?\b|the boundary's|\brampart\b|\b(?:Observed|Zip|Image)[A-Z]")

    assert [rule.id for rule in RULES if ours.search(rule.remedy)] == []
