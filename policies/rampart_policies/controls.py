"""Which controls of other frameworks this pack covers, and why it leaves out the others.

`controls.tsv` lists the controls worth enforcing; `not_enforced.tsv` the ids no rule covers, each
with its reason. A test demands that every id is in exactly one of the two places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FRAMEWORKS = ("Checkov", "cdk-nag", "Security Hub")


@dataclass(frozen=True)
class Control:
    """One row of controls.tsv."""

    name: str
    ids: tuple[tuple[str, str], ...]
    """(framework, id); for a control of our own proposal its own name is the only id."""
    earlier: str
    """Pulumi's own packs that cover some of it, or -."""


def controls() -> tuple[Control, ...]:
    """Return the rows of controls.tsv, with ranges and lists of ids written out."""
    _, *rows = (HERE / "controls.tsv").read_text().splitlines()
    return tuple(_control(row.split("\t")) for row in rows)


def not_enforced() -> dict[str, str]:
    """Id -> the reason why no rule covers it."""
    _, *rows = (HERE / "not_enforced.tsv").read_text().splitlines()
    return dict(row.split("\t", 1) for row in rows)


def expand(cell: str) -> Iterator[str]:
    """Write out a list of ids that leaves repeated prefixes away.

    >>> list(expand("CKV_AWS_53-55,20,CKV2_AWS_6"))
    ['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_20', 'CKV2_AWS_6']
    """
    prefix = ""
    for part in cell.split(","):
        numbered = re.fullmatch(r"(.*?[._A-Za-z])?(\d+)(?:-(\d+))?", part)
        if numbered is None:
            yield part
            continue
        prefix = numbered[1] or prefix
        first, last = int(numbered[2]), int(numbered[3] or numbered[2])
        yield from (f"{prefix}{number}" for number in range(first, last + 1))


def _control(row: list[str]) -> Control:
    name, *cells, earlier = row
    ids = tuple(
        (framework, one)
        for framework, cell in zip(FRAMEWORKS, cells, strict=True)
        if cell not in {"-", "proposed"}
        for one in expand(cell)
    )
    return Control(name, ids or (("Rampart", name),), earlier)
