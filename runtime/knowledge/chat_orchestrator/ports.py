"""What answering works with, and what it needs from the world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import Field

from runtime.knowledge.chat_orchestrator.messages import ChatAnswer, Message
from runtime.shared.contracts.answerer import Citation
from runtime.shared.identity import Caller
from runtime.shared.once import Place
from runtime.shared.shape import Shape

Vector = Sequence[float]


class Hit(Shape):
    """A passage that a search found, live or not."""

    chunk_id: str
    document_id: str
    version: str
    text: str
    headings: list[str] = Field(default_factory=list[str])
    page: int | None = None
    score: float | None = None
    relation: str = "similar"


@dataclass(frozen=True)
class Passage:
    """A hit in the live version of a document, and the document's file name."""

    hit: Hit
    filename: str

    @property
    def location(self) -> str:
        """Where a reader finds it, in words."""
        page = [] if self.hit.page is None else [f"page {self.hit.page}"]
        return ", ".join([*page, *self.hit.headings[-1:]])


@dataclass(frozen=True)
class LiveDocument:
    """What readers may see of a document."""

    version: str
    filename: str


Quotation = Citation
"""What an answering model says it took from which passage; the API's citations say more."""


class Answer(Shape):
    """What an answering model says."""

    answer: str
    citations: list[Quotation]
    provider: str
    model: str
    quotes_not_found: int = 0
    """How many further quotes it made up."""
    withheld: Literal["refused", "empty"] | None = None
    """Why it did not answer although it replied."""


class Embeddings(Protocol):
    """Turns texts into normalised vectors."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text."""
        ...


class Search(Protocol):
    """The tenant's vectors."""

    def nearest(self, tenant: str, vector: Vector, count: int, without: Iterable[str]) -> list[Hit]:
        """Return the most similar passages, best first, leaving out these versions."""
        ...


class Graph(Protocol):
    """The tenant's graph."""

    def related(self, tenant: str, terms: Sequence[str], limit: int) -> list[Hit]:
        """Return passages about the things these terms name."""
        ...


class Documents(Protocol):
    """The tenant's documents."""

    def live(self, tenant: str, document_ids: Iterable[str]) -> dict[str, LiveDocument]:
        """Return what is live now of those that have a live version."""
        ...


class Answerer(Protocol):
    """An answering model."""

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Message],
        seconds: float,
    ) -> Answer:
        """Answer from the passages within this time.

        Raises NotConfiguredError, UnavailableError, InvalidRequestError or DeniedError.
        """
        ...


class Conversations(Protocol):
    """Conversations; one belongs to the user who began it."""

    def latest(self, caller: Caller, session_id: str, limit: int) -> list[Message]:
        """Return the latest messages, oldest first; none for a session that does not exist.

        Raises the problem `not_found` for a session of somebody else.
        """
        ...

    def add(self, caller: Caller, question: str, answer: ChatAnswer, seconds: float) -> Place:
        """Store a turn and its entry in the interaction log; return where that has the answer."""
        ...

    def answer(self, place: Place) -> ChatAnswer | None:
        """Return an answer as it was given, less what was deleted since; None when it is gone."""
        ...
