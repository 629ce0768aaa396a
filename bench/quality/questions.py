"""The questions, and when what was found answers one."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel

HERE = Path(__file__).parent
Half = Literal["development", "held_out"]


class File(BaseModel):
    """questions.yaml."""

    development: dict[str, list[tuple[str, str]]]
    held_out: dict[str, list[tuple[str, str]]]
    unanswerable: list[str]


@dataclass(frozen=True)
class Question:
    """What somebody asks, and what answers it."""

    text: str
    half: Half
    document: str | None = None
    """None of a question that no document answers."""
    fact: str = ""
    """Words that stand in the document."""

    def is_in(self, document: str, text: str) -> bool:
        """Tell whether a text of this document has the fact."""
        return document == self.document and words(self.fact) in words(text)


def questions() -> list[Question]:
    """Return all; every other unanswerable question is held out."""
    file = File.model_validate(yaml.safe_load((HERE / "questions.yaml").read_text()))
    halves: list[tuple[Half, dict[str, list[tuple[str, str]]]]] = [
        ("development", file.development),
        ("held_out", file.held_out),
    ]
    answerable = [
        Question(text, half, document, fact)
        for half, documents in halves
        for document, pairs in documents.items()
        for text, fact in pairs
    ]
    others = [
        Question(text, halves[number % 2][0]) for number, text in enumerate(file.unanswerable)
    ]
    return [*answerable, *others]


def words(text: str) -> str:
    """Return a text's words alone: marks of tables and of lists are no part of a fact."""
    plain = re.sub("[\u00ad\ufffe]", "", text.replace("\u2010", "-"))
    found = re.findall(r"[^\W_]+", plain.lower())
    return f" {' '.join(found)} "
