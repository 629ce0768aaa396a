"""The coverage document says what is true of the creators and the stacks there are now."""

from pathlib import Path

from rampart_local.aws import CREATORS, RECORDED_ONLY
from rampart_local.coverage import coverage

ROOT = Path(__file__).parents[2]


def test_the_committed_document_is_current() -> None:
    # given
    written = (ROOT / "docs" / "COVERAGE.md").read_text()

    # then
    assert written == coverage(ROOT), "run: python -m rampart_local coverage"


def test_every_type_that_is_not_created_says_why() -> None:
    # given
    document = coverage(Path(__file__).parent / "program")

    # then
    rows = [row for row in document.splitlines() if "| recorded |" in row]
    assert rows
    assert all(row.split("|")[-2].strip() for row in rows)


def test_a_type_is_either_created_or_recorded_only() -> None:
    assert not CREATORS.keys() & RECORDED_ONLY.keys()
