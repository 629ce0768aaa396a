"""Boxes, words and lines: the vocabulary of table recovery.

All coordinates are points from the page's top left corner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

# Blanks between words are a quarter to a third of the font size; columns stand further apart.
COLUMN_GAP_EM = 0.8

# How far apart two strokes may be drawn and still be the same rule.
SAME_RULE_POINTS = 2.0


@dataclass(frozen=True)
class Box:
    """A rectangle; a ruling line is a box without height or without width."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Word:
    """A word, or words that stand together, and where."""

    text: str
    box: Box


Line = tuple[Word, ...]
"""What stands on one line of text across the table, left to right."""


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of `boxes` (at least one)."""
    many = tuple(boxes)
    return Box(
        min(box.left for box in many),
        min(box.top for box in many),
        max(box.right for box in many),
        max(box.bottom for box in many),
    )


def joined(words: Sequence[Word]) -> Word:
    """Return the words as one, separated by blanks."""
    return Word(" ".join(word.text for word in words), around(word.box for word in words))


def em_of(words: Sequence[Word]) -> float:
    """Return the usual height of a word: the measure of every distance below."""
    return median(word.box.height for word in words)


def text_lines(words: Sequence[Word], vertical_rules: Sequence[Box]) -> list[Line]:
    """Group words into lines, and within a line into runs that no column gap or rule divides."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.middle):
        if lines and _same_line(joined(lines[-1]).box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    em = em_of(words)
    return [_runs(line, vertical_rules, em) for line in lines]


def _same_line(line: Box, word: Box) -> bool:
    overlap = min(line.bottom, word.bottom) - max(line.top, word.top)
    return overlap > min(line.height, word.height) / 2


def _runs(line: Iterable[Word], vertical_rules: Sequence[Box], em: float) -> Line:
    runs: list[list[Word]] = []
    for word in sorted(line, key=lambda word: word.box.left):
        if runs and not _divided(runs[-1][-1].box, word.box, vertical_rules, em):
            runs[-1].append(word)
        else:
            runs.append([word])
    return tuple(joined(run) for run in runs)


def _divided(left: Box, right: Box, vertical_rules: Sequence[Box], em: float) -> bool:
    if right.left - left.right > COLUMN_GAP_EM * em:
        return True
    return any(
        left.right - 1 <= rule.left <= right.left + 1 and rule.top <= left.middle <= rule.bottom
        for rule in vertical_rules
    )


def positions(strokes: Sequence[tuple[float, float]], needed_length: float) -> list[float]:
    """Merge strokes (position, length) that lie on one line; keep lines of the needed length."""
    merged: list[list[tuple[float, float]]] = []
    for stroke in sorted(strokes):
        if merged and stroke[0] - merged[-1][-1][0] <= SAME_RULE_POINTS:
            merged[-1].append(stroke)
        else:
            merged.append([stroke])
    return [
        median(position for position, _ in line)
        for line in merged
        if sum(length for _, length in line) >= needed_length
    ]
