"""What is asked about the samples, and how an answer is judged."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from demo.knowledge_client import Answer


class Question(BaseModel):
    """A question whose answer is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    document: str
    """File name that must be cited."""
    fact: str
    """Words that the answer must contain; case and line breaks do not count."""
    ask: Literal["demo"] | None = None

    def faults(self, answer: Answer) -> list[str]:
        """Say what is wrong with an answer; nothing, when it is right."""
        found: list[str] = []
        if _plain(self.fact) not in _plain(answer.answer):
            found.append(f"the answer does not say “{self.fact}”")
        if self.document not in {citation.filename for citation in answer.citations}:
            found.append(f"{self.document} is not cited")
        return found


def read_questions(file: Path) -> list[Question]:
    """Read a list of questions from YAML."""
    return TypeAdapter(list[Question]).validate_python(yaml.safe_load(file.read_text("utf-8")))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
