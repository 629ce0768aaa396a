"""What may be quoted from a passage: sentences, list items, and table rows with their header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from runtime.knowledge.chat_orchestrator.ports import Passage

LONGEST_CHARACTERS = 600
"""A longer run without an end is divided at white space: a log, a list without marks."""

_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*+\u2022\u00b7]|\d{1,3}[.)])\s")
# After a sentence's end, where the next begins like one; "S. Dean", "e.g. 5" and "No. 7" go on.
_END = re.compile(
    r"(?<=[.!?\u3002])(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bNo\.)\s+"
    r"(?=[\"'(\[\u201c]?[A-Z0-9\u00c4\u00d6\u00dc%$`])|(?<=\u3002)"
)
_TELLING = re.compile(r"\w{2,}.*\w{2,}|\w.*\d", re.DOTALL)
_GOES_ON = re.compile(r"[:?][*|\s]*$")
"""A line that what follows answers: "Default value:", a heading that asks."""


@dataclass(frozen=True)
class Sentence:
    """Something to quote."""

    passage: Passage
    text: str
    header: str = ""
    """The header of the table that it is a row of."""
    number: int = 0
    """Its place in the passage, from 0."""

    @property
    def in_context(self) -> str:
        """The sentence under its heading and header, since it may not repeat its topic."""
        return "\n".join([*self.passage.hit.headings[-1:], *filter(None, [self.header]), self.text])

    @property
    def shown(self) -> str:
        """What an answer says: a row below its header."""
        return "\n".join([*filter(None, [self.header]), self.text])

    @property
    def goes_on(self) -> bool:
        """Whether what follows belongs to it."""
        return bool(_GOES_ON.search(self.text))


def sentences(passage: Passage) -> list[Sentence]:
    """Return all of a passage and what stands beside it, in order, each once."""
    found: dict[str, Sentence] = {}
    for piece in passage.pieces:
        header = ""
        for block in _blocks(piece.text):
            rows = _rows(block)
            if rows:
                header, texts = _headed(rows)
            else:
                header, texts = "", [part for each in _END.split(block) for part in _short(each)]
            for text in texts:
                if _TELLING.search(text):
                    one = Sentence(passage, text.strip(), header, len(found))
                    found.setdefault(one.text, one)
    return list(found.values())


def _blocks(text: str) -> list[str]:
    """Divide where a line does not go on in the next: at items, tables and empty lines."""
    blocks: list[str] = []
    for line in text.splitlines():
        row = bool(_TABLE_ROW.match(line))
        before = blocks[-1] if blocks else ""
        joins = bool(before) and (
            row == bool(_TABLE_ROW.match(before.splitlines()[-1]))
            and not _LIST_ITEM.match(line)
            and (row or _wrapped(before.splitlines()[-1], line))
        )
        if not line.strip():
            blocks.append("")
        elif joins:
            blocks[-1] = f"{before}\n{line}"
        else:
            blocks.append(line)
    return [block for block in blocks if block.strip()]


def _wrapped(line: str, following: str) -> bool:
    """Tell whether a line was broken for want of room, and not at its end."""
    ended = line.rstrip().endswith((".", "!", "?", ":", ";", "|"))
    return not ended and len(line) > len(
        following.split(maxsplit=1)[0] if following.split() else ""
    )


def _rows(block: str) -> list[str]:
    lines = block.splitlines()
    return lines if all(_TABLE_ROW.match(line) for line in lines) else []


def _headed(lines: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return a table's header, which a rule stands below, and its rows; the header alone is one."""
    rows = [line for line in lines if not _TABLE_RULE.match(line)]
    ruled = len(lines) > 1 and _TABLE_RULE.match(lines[1])
    return (rows[0], rows[1:]) if ruled and len(rows) > 1 else ("", rows)


def _short(text: str) -> Sequence[str]:
    if len(text) <= LONGEST_CHARACTERS:
        return [text]
    parts: list[str] = []
    while len(text) > LONGEST_CHARACTERS:
        at = text.rfind(" ", 1, LONGEST_CHARACTERS)
        at = at if at > 0 else LONGEST_CHARACTERS
        parts.append(text[:at])
        text = text[at:].lstrip()
    return [*parts, text]
