"""The library functions as the chat calls them."""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from runtime.knowledge.chat_orchestrator.messages import Message
from runtime.knowledge.chat_orchestrator.ports import Answer, Hit, Passage, Vector
from runtime.shared.contracts import answerer, neo4j, pinecone
from runtime.shared.errors import UnavailableError
from runtime.shared.lexical import question_vector
from runtime.shared.library import Library
from runtime.shared.short_texts import ShortTexts

ANSWER_TOKENS = 2000
"""What a model may think and say in the time there is; an answer of 500 words takes a third."""


class SentenceEmbeddings:
    """Implements `ports.Embeddings`."""

    def __init__(self, library: Library, function: str) -> None:
        self._texts = ShortTexts(library, function)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text."""
        return self._texts.embed(texts).vectors


class VectorSearch:
    """Implements `ports.Search`."""

    def __init__(self, library: Library, function: str) -> None:
        self._library, self._function = library, function

    def nearest(
        self, tenant: str, question: str, vector: Vector, count: int, without: Iterable[str]
    ) -> list[Hit]:
        """Return what either search finds in the tenant's namespace, most similar first."""
        unwanted, asked = sorted(without), question_vector(question)
        terms = pinecone.Terms(indices=asked.indices, values=asked.values) if asked else None

        def request() -> pinecone.Query:
            return pinecone.Query(
                namespace=tenant,
                vector=list(vector),
                terms=terms,
                top_k=count,
                filter={"version": {"$nin": unwanted}} if unwanted else None,
            )

        answer = self._library.invoke(self._function, request, pinecone.Matches)
        try:
            return [
                Hit.model_validate(
                    {
                        **match.metadata,
                        "chunk_id": match.id,
                        "score": match.score,
                        "lexical": match.lexical,
                    }
                )
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

        def request() -> neo4j.ContextRequest:
            return neo4j.ContextRequest(tenant=tenant, terms=list(terms), limit=limit)

        found = self._library.invoke(self._function, request, neo4j.Context)
        return [Hit.model_validate(related.model_dump()) for related in found.related]


class ModelAnswerer:
    """Implements `ports.Answerer` with whichever provider the answer function stands for."""

    def __init__(self, library: Library, function: str) -> None:
        self._library, self._function = library, function

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Message],
        seconds: float,  # noqa: ARG002 - the caller keeps the time
    ) -> Answer:
        """Ask the model."""
        answer = self._library.invoke(
            self._function,
            lambda: answer_request(question, passages, history),
            answerer.Answer,
        )
        return Answer.model_validate(answer.model_dump())


def answer_request(
    question: str, passages: Sequence[Passage], history: Sequence[Message]
) -> answerer.AnswerRequest:
    """Return what the answer function is sent."""
    return answerer.AnswerRequest(
        question=question,
        passages=[
            answerer.Passage(
                id=passage.hit.chunk_id,
                text=passage.text,
                document=passage.filename,
                location=passage.location,
            )
            for passage in passages
        ],
        history=[answerer.Turn(role=each.role, content=each.content) for each in history],
        max_output_tokens=ANSWER_TOKENS,
    )
