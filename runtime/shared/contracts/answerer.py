"""openai and anthropic: a question and passages -> an answer that cites them.

One contract for both: which of them answers is a word of the stack's configuration.
"""

from typing import Literal

from pydantic import ConfigDict, Field, TypeAdapter

from runtime.shared.contracts.message import Answer as AnyAnswer
from runtime.shared.contracts.message import Request
from runtime.shared.shape import Shape


class Passage(Shape):
    """A passage an answer may be drawn from."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    text: str = Field(max_length=20_000)
    document: str
    """Name of the document, for people."""
    location: str
    """Where in the document, for people: a page, a heading."""


class Turn(Shape):
    """An earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: str


class AnswerRequest(Request):
    """A question, what it may be answered from, and what was said before, oldest first."""

    question: str = Field(min_length=1, max_length=8000)
    passages: list[Passage] = Field(max_length=50)
    history: list[Turn] = Field(default_factory=list[Turn])
    max_output_tokens: int = Field(default=4096, ge=64, le=32_768)
    """Includes what a model thinks before it answers."""


class Citation(Shape):
    """A passage, and the words in it that support the answer."""

    passage_id: str = Field(description="The id of one of the passages")
    quote: str = Field(description="Words copied exactly from the text of that passage")


class Usage(Shape):
    """Tokens as the provider bills them."""

    input_tokens: int
    output_tokens: int


class Answer(AnyAnswer):
    """An answer whose citations have been checked against the passages."""

    answer: str
    """Empty when the model withheld it."""
    citations: list[Citation]
    quotes_not_found: int = 0
    """How many of the model's quotes stand in no passage; they are left out."""
    withheld: Literal["refused", "empty"] | None = None
    """Why there is no answer although the model replied: it refused, or said nothing."""
    provider: str
    model: str
    """The model that answered, as the provider names it."""
    usage: Usage


REQUEST = TypeAdapter(AnswerRequest)
