"""The parts of a chat in memory."""

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from runtime.knowledge.chat_orchestrator.answerer import GuardedAnswerer
from runtime.knowledge.chat_orchestrator.budget import Budget
from runtime.knowledge.chat_orchestrator.core import Chat
from runtime.knowledge.chat_orchestrator.libraries import answer_request
from runtime.knowledge.chat_orchestrator.messages import ChatAnswer, ChatRequest, Message
from runtime.knowledge.chat_orchestrator.ports import (
    Answer,
    Hit,
    LiveDocument,
    Passage,
    Quotation,
    Vector,
)
from runtime.knowledge.chat_orchestrator.retrieval import Retriever
from runtime.shared.answering import Draft, checked
from runtime.shared.contracts.answerer import Usage
from runtime.shared.identity import Caller
from runtime.shared.once import Place

DESCALE = "Descale the machine every 3 months. Fill the tank first. It takes 20 minutes."

USER = Caller("acme", "user-1")


@dataclass
class Part:
    """What every part can do: be slow, or fail."""

    failure: Exception | None = None
    fails_from: int = 1
    """The first call that fails."""
    seconds: float = 0.0
    hangs: threading.Event | None = None
    """Waits until it is set."""
    calls: int = 0
    began: list[float] = field(default_factory=list)

    def used(self) -> None:
        self.calls += 1
        self.began.append(time.monotonic())
        time.sleep(self.seconds)
        if self.hangs:
            self.hangs.wait()
        if self.failure and self.calls >= self.fails_from:
            raise self.failure


@dataclass
class Letters(Part):
    """Embeds a text as whether it has each of some words."""

    words: tuple[str, ...] = ("descale", "water", "filter")

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.used()
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        found = [float(word in text.lower()) for word in self.words]
        length = sum(found) ** 0.5
        return [each / length if length else 0.0 for each in found]


@dataclass
class Hits(Part):
    """A search that finds what it is told; later rounds may find something else."""

    rounds: list[list[Hit]] = field(default_factory=list)
    left_out: list[set[str]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def nearest(
        self,
        tenant: str,  # noqa: ARG002
        question: str,
        vector: Vector,  # noqa: ARG002
        count: int,
        without: Iterable[str],
    ) -> list[Hit]:
        self.used()
        self.questions.append(question)
        self.left_out.append(set(without))
        found = self.rounds.pop(0) if len(self.rounds) > 1 else self.rounds[0]
        return [hit for hit in found if hit.version not in self.left_out[-1]][:count]


@dataclass
class Related(Part):
    """A graph that relates what it is told."""

    hits: list[Hit] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def related(self, tenant: str, terms: Sequence[str], limit: int) -> list[Hit]:  # noqa: ARG002
        self.used()
        self.terms = list(terms)
        return self.hits


@dataclass
class Live(Part):
    """Documents and their live versions."""

    versions: dict[str, str] = field(default_factory=dict)
    then: dict[str, str] | None = None
    """What is live when they are looked at again."""
    around: dict[str, list[Hit]] = field(default_factory=dict)
    """Passages with their neighbours, by the ids of the middle ones."""

    def live(self, tenant: str, document_ids: Iterable[str]) -> dict[str, LiveDocument]:  # noqa: ARG002
        self.used()
        versions = self.then if self.then and self.calls > 1 else self.versions
        return {
            each: LiveDocument(versions[each], f"{each}.md")
            for each in document_ids
            if each in versions
        }

    def beside(self, tenant: str, hits: Sequence[Hit]) -> dict[str, list[Hit]]:  # noqa: ARG002
        return {each.chunk_id: self.around.get(each.chunk_id, [each]) for each in hits}


@dataclass
class Model(Part):
    """An answering model that quotes what it is told."""

    quotations: list[Quotation] | None = None
    says: str | None = None
    """None is an answer that counts the history; "" is an empty one."""
    refuses: bool = False

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Message],
        seconds: float,  # noqa: ARG002
    ) -> Answer:
        self.used()
        first = passages[0].hit
        default = [Quotation(passage_id=first.chunk_id, quote=first.text)]
        draft = Draft(
            answer=f"after {len(history)} messages" if self.says is None else self.says,
            citations=default if self.quotations is None else self.quotations,
        )
        # As the library functions answer.
        answer = checked(
            None if self.refuses else draft,
            answer_request(question, passages, history).passages,
            provider="openai",
            model="test-model",
            usage=Usage(input_tokens=1, output_tokens=1),
        )
        return Answer.model_validate(answer.model_dump())


@dataclass
class Memory(Part):
    """Conversations of one user."""

    messages: list[Message] = field(default_factory=list)
    answers: dict[str, ChatAnswer] = field(default_factory=dict)
    storing: Exception | None = None
    storing_hangs: threading.Event | None = None

    def latest(self, caller: Caller, session_id: str, limit: int) -> list[Message]:  # noqa: ARG002
        self.used()
        return self.messages[-limit:]

    def add(self, caller: Caller, question: str, answer: ChatAnswer, seconds: float) -> Place:  # noqa: ARG002
        if self.storing:
            raise self.storing
        if self.storing_hangs:
            self.storing_hangs.wait()
        for role, content in (("user", question), ("assistant", answer.answer)):
            self.messages.append(
                Message.model_validate(
                    {
                        "message_id": str(len(self.messages)),
                        "role": role,
                        "content": content,
                        "created_at": "2026-01-01T00:00:00.000+00:00",
                    }
                )
            )
        self.answers[answer.message_id] = answer
        return {"pk": answer.message_id}

    def answer(self, place: Place) -> ChatAnswer | None:
        return self.answers.get(place["pk"])


def hit(
    text: str,
    *,
    document: str = "manual",
    version: str = "v1",
    index: int = 0,
    score: float | None = 0.8,
) -> Hit:
    return Hit(
        chunk_id=f"{document}#{version}#{index:05d}",
        document_id=document,
        version=version,
        text=text,
        headings=["Care"],
        page=2,
        score=score,
        relation="similar" if score is not None else "shared_entity",
    )


@dataclass
class Parts:
    """A chat and all its parts."""

    embeddings: Letters = field(default_factory=Letters)
    search: Hits = field(default_factory=Hits)
    graph: Related = field(default_factory=Related)
    documents: Live = field(default_factory=lambda: Live(versions={"manual": "v1"}))
    model: Model = field(default_factory=Model)
    memory: Memory = field(default_factory=Memory)
    guarded: bool = False

    @property
    def chat(self) -> Chat:
        retriever = Retriever(self.search, self.graph, self.documents, self.memory)
        answerer = GuardedAnswerer(self.model) if self.guarded else self.model
        return Chat(self.embeddings, retriever, answerer, self.memory)

    def ask(
        self, question: str = "How do I descale it?", *, top_k: int = 5, seconds: float = 28.0
    ) -> ChatAnswer:
        request = ChatRequest(question=question, session_id="s1", top_k=top_k)
        return self.chat.ask(USER, request, Budget(seconds), "request-1").answer
