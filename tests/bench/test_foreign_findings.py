"""The page on foreign programs holds what judging their recordings gives, and what failed."""

import json
from pathlib import Path
from typing import Any

from bench.foreign_findings import judge, page
from bench.foreign_programs import Recorded

RECORDED = Path(__file__).parents[1] / "policies" / "recorded"


def graphs(program: str) -> dict[str, dict[str, Any]]:
    """Read what the engine recorded of a program, by mode."""
    return {
        mode: json.loads((RECORDED / f"{program}.{mode}.json").read_text())
        for mode in ("up", "preview")
    }


def test_a_program_has_one_row_with_its_findings_its_undecided_checks_and_its_unknown_types() -> (
    None
):
    # given
    found = graphs("helper")
    update, preview = judge(found["up"]), judge(found["preview"])

    # when
    [row] = [
        line
        for line in page([Recorded("aws-ts-helper", graphs=found)]).splitlines()
        if line.startswith("| aws-ts-helper |")
    ]

    # then
    _, _, resources, findings, undecided, unknown, _ = (cell.strip() for cell in row.split("|"))
    assert int(resources) == len(found["up"]["resources"])
    assert {one.split(" ")[0] for one in findings.split(", ") if one} == {
        one.rule.id for one in update.breaches
    }
    assert undecided.split(" ")[0] == str(len(preview.undecided))
    assert len(list(filter(None, unknown.split(", ")))) == len(update.unknown_types)


def test_the_summary_counts_programs_findings_and_those_that_are_blocked() -> None:
    # given
    found = graphs("helper")
    breaches = judge(found["up"]).breaches
    nothing = {mode: {**graph, "resources": []} for mode, graph in found.items()}

    # when
    text = page([Recorded("one", graphs=found), Recorded("empty", graphs=nothing)])

    # then
    blocked = int(any(one.blocks for one in breaches))
    assert f"2 programs, {len(found['up']['resources'])} resources: {len(breaches)} find" in text
    assert f"{blocked} are blocked, {2 - blocked} pass" in text


def test_a_program_that_cannot_be_judged_is_named_with_the_reason() -> None:
    # given
    refused = Recorded("aws-py-old", refused="no version matches")
    failed = Recorded("aws-py-broken", failures={"up": "NameError: name 'vpc' is not defined"})

    # when
    lines = page([refused, failed]).splitlines()

    # then
    assert "- aws-py-old: its packages do not install: no version matches" in lines
    assert (
        "- aws-py-broken cannot be recorded (`up`): NameError: name 'vpc' is not defined" in lines
    )
