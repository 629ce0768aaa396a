"""Rows and columns of a table, recovered from its words and ruling lines.

Columns come from vertical rules where there are any, else from the white gaps that the fullest
lines of text have in common. Rows come from horizontal rules, and between them from the spacing
of the lines, since a cell may hold several. A text that spans rows stays in the first of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from runtime.libraries.docling.table_geometry import (
    SAME_RULE_POINTS,
    Box,
    Line,
    Word,
    around,
    em_of,
    joined,
    positions,
    text_lines,
)

# A rule counts when it runs along most of the table; shorter ones underline a word.
RULE_COVERAGE = 0.6

# Lines with at least this share of the most runs show where the columns are; a line with fewer
# has empty cells or a heading across several columns.
FULL_LINE = 0.75

# Numbers with a currency, a sign or a unit; a plain year is as likely the name of a column.
NUMBER = re.compile(r"[^\w]*\d[\d.,\s]*\D{0,6}")
YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class Cell:
    """Text at a row and column; `column_span` counts the columns it covers."""

    row: int
    column: int
    column_span: int
    text: str
    box: Box


@dataclass(frozen=True)
class Grid:
    """A table's structure; its first `header_rows` rows (0 to 2) name the columns."""

    rows: int
    columns: int
    header_rows: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Columns:
    """Where columns meet, and the vertical rules that divide them, if rules do."""

    bounds: tuple[float, ...]
    rules: tuple[Box, ...] = ()

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self.bounds) + 1

    def places(self, line: Line) -> list[tuple[int, int, Word]]:
        """Return the first and last column of each run of a line, and the run.

        A run reaches as far as its words, and in a ruled table as far as no rule stands beside it.
        """
        placed: list[tuple[int, int, Word]] = []
        for run in line:
            # A point of overhang is none.
            first = sum(bound < run.box.left + 1 for bound in self.bounds)
            last = max(first, sum(bound < run.box.right - 1 for bound in self.bounds))
            placed.append((first, last, run))
        if not self.rules:
            return placed
        ends = [first - 1 for first, _, _ in placed[1:]] + [self.count - 1]
        return [
            (first, self._reach(last, end, run), run)
            for (first, last, run), end in zip(placed, ends, strict=True)
        ]

    def _reach(self, last: int, end: int, run: Word) -> int:
        while last < end and not self._is_ruled(self.bounds[last], run.box.middle):
            last += 1
        return last

    def _is_ruled(self, across: float, down: float) -> bool:
        return any(
            abs(rule.left - across) <= SAME_RULE_POINTS and rule.top <= down <= rule.bottom
            for rule in self.rules
        )

    def filled(self, line: Line) -> set[int]:
        """Return the columns in which a line has text."""
        return {column for first, last, _ in self.places(line) for column in range(first, last + 1)}


def recover_grid(words: Sequence[Word], rules: Sequence[Box]) -> Grid:
    """Recover the table whose words and ruling lines are given.

    Rules are boxes without width (vertical) or without height (horizontal). Without any words the
    grid has no rows.
    """
    if not words:
        return Grid(rows=0, columns=0, header_rows=0, cells=())
    vertical = [rule for rule in rules if rule.height > rule.width]
    horizontal = [rule for rule in rules if rule.width > rule.height]
    lines = text_lines(words, vertical)
    table, em = around(word.box for word in words), em_of(words)
    columns = _columns(lines, vertical, table, em)
    rows = _rows(_bands(lines, horizontal, table), columns, em)
    cells = tuple(cell for number, row in enumerate(rows) for cell in _cells(number, row, columns))
    head = _header_rows(cells, len(rows), columns.count)
    return Grid(len(rows), columns.count, head, cells)


def _columns(lines: Sequence[Line], vertical: Sequence[Box], table: Box, em: float) -> Columns:
    strokes = [(rule.left, rule.height) for rule in vertical]
    ruled = positions(strokes, RULE_COVERAGE * table.height)
    inner = [x for x in ruled if table.left + em / 2 < x < table.right - em / 2]
    if inner:
        return Columns(tuple(inner), tuple(vertical))
    return Columns(tuple(_white_gaps(lines, em)))


def _white_gaps(lines: Sequence[Line], em: float) -> list[float]:
    most = max(len(line) for line in lines)
    full = [line for line in lines if len(line) >= FULL_LINE * most]
    covered: list[tuple[float, float]] = []
    for left, right in sorted((run.box.left, run.box.right) for line in full for run in line):
        if covered and left - covered[-1][1] < em / 2:
            covered[-1] = (covered[-1][0], max(covered[-1][1], right))
        else:
            covered.append((left, right))
    return [(before[1] + after[0]) / 2 for before, after in pairwise(covered)]


def _bands(lines: Sequence[Line], horizontal: Sequence[Box], table: Box) -> list[list[Line]]:
    """Divide the lines at the horizontal rules."""
    rules = positions([(rule.top, rule.width) for rule in horizontal], RULE_COVERAGE * table.width)
    bands: dict[int, list[Line]] = {}
    for line in lines:
        middle = around(run.box for run in line).middle
        bands.setdefault(sum(rule < middle for rule in rules), []).append(line)
    return [bands[place] for place in sorted(bands)]


def _rows(bands: Sequence[list[Line]], columns: Columns, em: float) -> list[list[Line]]:
    """Group lines into rows: each band is one if the rules draw every row, else by spacing."""
    usual = median(len(band) for band in bands)
    every_row_is_ruled = len(bands) > 2 and (columns.rules or usual <= 2)  # noqa: PLR2004
    rows: list[list[Line]] = []
    for place, band in enumerate(bands):
        is_head = place == 0 and len(bands) > 1 and len(band) <= 3  # noqa: PLR2004
        rows += [band] if every_row_is_ruled or is_head else _by_spacing(band, columns, em)
    return rows


def _by_spacing(band: Sequence[Line], columns: Columns, em: float) -> list[list[Line]]:
    boxes = [around(run.box for run in line) for line in band]
    gaps = [after.top - before.bottom for before, after in pairwise(boxes)]
    close = _close_gap(gaps, band, columns, em)
    rows = [[band[0]]]
    for line, gap in zip(band[1:], gaps, strict=True):
        filled = columns.filled(line)
        continues_cell = (
            0 not in filled and len(filled) <= max(1, columns.count // 2) and gap < em / 2
        )
        if gap < close or continues_cell:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _close_gap(gaps: Sequence[float], band: Sequence[Line], columns: Columns, em: float) -> float:
    """Return the gap below which a line belongs to the row above.

    Where rows are set further apart than the lines of a cell, the gaps fall into two groups. If
    two lines that each look like a row stand close too, the groups mean something else (a space
    below the header).
    """
    steps = [(after - before, before, after) for before, after in pairwise(sorted(gaps))]
    step, before, after = max(steps, default=(0.0, 0.0, 0.0))
    if step < em / 4:
        return float("-inf")
    close = (before + after) / 2
    filled = [columns.filled(line) for line in band]
    if any(
        gap < close and 0 in above and 0 in below and 2 * len(below) > columns.count
        for (above, below), gap in zip(pairwise(filled), gaps, strict=True)
    ):
        return float("-inf")
    return close


def _cells(row: int, lines: Sequence[Line], columns: Columns) -> list[Cell]:
    found: dict[tuple[int, int], list[Word]] = {}
    for line in lines:
        for first, last, run in columns.places(line):
            found.setdefault((first, last), []).append(run)
    cells: list[Cell] = []
    free = 0
    for (first, last), runs in sorted(found.items()):
        content = joined(runs)
        if last < free:
            # Wholly under a text across columns that another line of the row has: one cell.
            above = cells.pop()
            content = joined([Word(above.text, above.box), content])
            cells.append(replace(above, text=content.text, box=content.box))
            continue
        start = max(first, free)
        cells.append(Cell(row, start, last - start + 1, content.text, content.box))
        free = last + 1
    return cells


def _header_rows(cells: Sequence[Cell], rows: int, columns: int) -> int:
    """Return how many rows name the columns: none if row 0 holds numbers like the rows below."""
    spanning = {cell.row for cell in cells if cell.column_span > 1}
    head = 1 if 0 in spanning and rows > 2 and columns > 1 else 0  # noqa: PLR2004
    names = {cell.column: cell.text for cell in cells if cell.row == head}
    for column, name in names.items():
        below = [cell.text for cell in cells if cell.column == column and cell.row > head]
        numbers = sum(_is_number(text) for text in below)
        if _is_number(name) and below and numbers * 2 > len(below):
            return head
    return head + 1


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text)) and not YEAR.fullmatch(text)
