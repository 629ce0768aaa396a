"""What every answerer takes and returns, whichever language model stands behind it."""

import json
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

# The newest turns tell what a question refers to; more of them only cost.
HISTORY_TURNS = 8
HISTORY_CHARACTERS = 8000


class Passage(BaseModel):
    """A passage an answer may be drawn from."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    text: str = Field(max_length=20_000)
    document: str
    """Name of the document, for people."""
    location: str
    """Where in the document, for people: a page, a heading."""


class Turn(BaseModel):
    """An earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: str


class AnswerRequest(BaseModel):
    """A question, what it may be answered from, and what was said before, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=8000)
    passages: list[Passage] = Field(max_length=50)
    history: list[Turn] = Field(default_factory=list[Turn])
    max_output_tokens: int = Field(default=4096, ge=64, le=32_768)
    """Includes what a model thinks before it answers."""


class Citation(BaseModel):
    """A passage, and the words in it that support the answer."""

    passage_id: str = Field(description="The id of one of the passages")
    quote: str = Field(description="Words copied exactly from the text of that passage")


class Draft(BaseModel):
    """What the model is asked to produce."""

    answer: str = Field(description="The answer, without references")
    citations: list[Citation] = Field(description="The proof of every statement of the answer")


class Usage(BaseModel):
    """Tokens as the provider bills them."""

    input_tokens: int
    output_tokens: int


class Answer(BaseModel):
    """An answer whose citations have been checked against the passages."""

    answer: str
    citations: list[Citation]
    provider: str
    model: str
    """The model that answered, as the provider names it."""
    usage: Usage


REQUEST = TypeAdapter(AnswerRequest)


def question_message(request: AnswerRequest) -> str:
    """Return the question and its passages as JSON.

    In JSON no passage can end the list of passages and continue as something else.
    """
    content = request.model_dump(include={"question", "passages"})
    return json.dumps(content, ensure_ascii=False)


def recent(history: Sequence[Turn]) -> list[Turn]:
    """Return the newest turns that fit, beginning with one of the user, as the APIs require."""
    kept: list[Turn] = []
    characters = 0
    for turn in reversed(history[-HISTORY_TURNS:]):
        characters += len(turn.content)
        if characters > HISTORY_CHARACTERS:
            break
        if turn.content.strip():
            kept.insert(0, turn)
    while kept and kept[0].role != "user":
        kept.pop(0)
    return kept


def proven(draft: Draft, passages: Sequence[Passage]) -> list[Citation]:
    """Return the citations whose quote does occur in the passage they name, each once.

    White space may differ: passages are broken into lines where their pages were.
    """
    texts = {passage.id: _spaced(passage.text) for passage in passages}
    kept: dict[tuple[str, str], Citation] = {}
    for citation in draft.citations:
        quote = _spaced(citation.quote)
        if quote and quote in texts.get(citation.passage_id, ""):
            proof = Citation(passage_id=citation.passage_id, quote=quote)
            kept.setdefault((proof.passage_id, quote), proof)
    return list(kept.values())


def _spaced(text: str) -> str:
    return " ".join(text.split())
