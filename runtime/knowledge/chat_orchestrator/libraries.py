"""The library functions as the chat calls them."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from runtime.knowledge.chat_orchestrator.messages import Message
from runtime.knowledge.chat_orchestrator.ports import Answer, Hit, Passage, Vector
from runtime.shared.errors import UnavailableError
from runtime.shared.library import Library
from runtime.shared.payload import Inline

ANSWER_TOKENS = 2000
"""What a model may think and say in the time there is; an answer of 500 words takes a third."""

_VECTORS = TypeAdapter(list[list[float]])


class SentenceEmbeddings:
    """Implements `ports.Embeddings`."""

    def __init__(self, library: Library, function: str) -> None:
        self._library, self._function = library, function

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text; texts and vectors travel in the messages themselves."""
        request = _EmbedRequest(texts=Inline(value=list(texts)))
        answer = self._library.invoke(self._function, request, _EmbedAnswer)
        vectors = _VECTORS.validate_python(answer.vectors.value)
        if len(vectors) != len(texts):
            raise UnavailableError(f"{len(vectors)} vectors came back for {len(texts)} texts")
        return vectors


class VectorSearch:
    """Implements `ports.Search`."""

    def __init__(self, library: Library, function: str) -> None:
        self._library, self._function = library, function

    def nearest(self, tenant: str, vector: Vector, count: int, without: Iterable[str]) -> list[Hit]:
        """Return the most similar passages of the tenant's namespace."""
        unwanted = sorted(without)
        request = _QueryRequest(
            namespace=tenant,
            vector=list(vector),
            top_k=count,
            filter={"version": {"$nin": unwanted}} if unwanted else None,
        )
        answer = self._library.invoke(self._function, request, _QueryAnswer)
        try:
            return [
                Hit.model_validate({**match.metadata, "chunk_id": match.id, "score": match.score})
                for match in answer.matches
            ]
        except ValidationError as error:
            raise UnavailableError("a vector's metadata is not what was stored") from error


class GraphContext:
    """Implements `ports.Graph`."""

    def __init__(self, library: Library, function: str) -> None:
        self._library, self._function = library, function

    def related(self, tenant: str, terms: Sequence[str], limit: int) -> list[Hit]:
        """Return passages that mention what the terms name; no terms, no passages."""
        if not terms:
            return []
        request = _ContextRequest(tenant=tenant, terms=list(terms), limit=limit)
        return self._library.invoke(self._function, request, _ContextAnswer).related


class ModelAnswerer:
    """Implements `ports.Answerer` with whichever provider the answer function stands for."""

    def __init__(self, library: Library, function: str) -> None:
        self._library, self._function = library, function

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Message],
        seconds: float,  # noqa: ARG002 - the guard around this one keeps the time
    ) -> Answer:
        """Ask the model."""
        request = _AnswerRequest(
            question=question,
            passages=[
                _PassageText(
                    id=passage.hit.chunk_id,
                    text=passage.hit.text,
                    document=passage.filename,
                    location=passage.location,
                )
                for passage in passages
            ],
            history=[_Turn(role=each.role, content=each.content) for each in history],
            max_output_tokens=ANSWER_TOKENS,
        )
        return self._library.invoke(self._function, request, Answer)


class _EmbedRequest(BaseModel):
    texts: Inline


class _EmbedAnswer(BaseModel):
    vectors: Inline


class _QueryRequest(BaseModel):
    operation: str = "query"
    namespace: str
    vector: list[float]
    top_k: int
    filter: dict[str, Any] | None


class _Match(BaseModel):
    id: str
    score: float
    metadata: dict[str, Any]


class _QueryAnswer(BaseModel):
    matches: list[_Match]


class _ContextRequest(BaseModel):
    operation: str = "context"
    tenant: str
    terms: list[str]
    limit: int


class _ContextAnswer(BaseModel):
    related: list[Hit]


class _PassageText(BaseModel):
    id: str
    text: str
    document: str
    location: str


class _Turn(BaseModel):
    role: str
    content: str


class _AnswerRequest(BaseModel):
    question: str
    passages: list[_PassageText]
    history: list[_Turn]
    max_output_tokens: int
