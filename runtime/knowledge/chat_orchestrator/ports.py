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
    """Cosine similarity to the question; None of what the graph alone found."""
    lexical: float | None = None
    """What the search by words ranked it by; None of what that did not find."""
    relation: str = "similar"

    @property
    def in_context(self) -> str:
        """The passage under its headings, as it was stored for both searches."""
        return "\n".join([" > ".join(self.headings), self.text]) if self.headings else self.text

    @property
    def index(self) -> int:
        """Its number among the passages of its document, from 0."""
        return int(self.chunk_id.rpartition("#")[2])


@dataclass(frozen=True)
class Evidence:
    """What speaks for a passage."""

    strength: float
    """What passages are ordered by, about 0 to 1.4."""
    coverage: float
    """Share of the question's telling words that it has, 0 to 1."""


@dataclass(frozen=True)
class Passage:
    """A hit in the live version of a document, and the document's file name."""

    hit: Hit
    filename: str
    evidence: Evidence | None = None
    """None of a passage that only the graph relates to the question."""
    around: Sequence[Hit] = ()
    """The passage itself and those beside it in its section, in the order of the document."""

    @property
    def pieces(self) -> Sequence[Hit]:
        """What a quotation may stand in: each piece is on a page of its own."""
        return self.around or (self.hit,)

    @property
    def text(self) -> str:
        """The passage with what stands beside it."""
        return "\n".join(piece.text for piece in self.pieces)

    @property
    def found_by(self) -> list[str]:
        """Which searches found it."""
        return [
            name
            for name, found in (
                ("meaning", self.hit.score is not None),
                ("words", self.hit.lexical is not None),
                ("graph", self.evidence is None),
            )
            if found
        ]

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
    """The tenant's passages, by meaning and by words."""

    def nearest(
        self, tenant: str, question: str, vector: Vector, count: int, without: Iterable[str]
    ) -> list[Hit]:
        """Return what either search finds, most similar first, leaving out these versions."""
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

    def beside(self, tenant: str, hits: Sequence[Hit]) -> dict[str, list[Hit]]:
        """Return, by the hits' ids, each hit among the passages beside it in its section."""
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
