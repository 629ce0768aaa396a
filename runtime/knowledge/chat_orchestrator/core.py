"""How a question becomes an answer, also when parts of the system are missing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from aws_lambda_powertools import Logger

from runtime.knowledge.chat_orchestrator.budget import Budget, begin
from runtime.knowledge.chat_orchestrator.citations import source, verified
from runtime.knowledge.chat_orchestrator.extract import extracted, first_sentences
from runtime.knowledge.chat_orchestrator.follow_up import depends, standing_alone
from runtime.knowledge.chat_orchestrator.messages import (
    ChatAnswer,
    ChatRequest,
    Citation,
    Transcript,
)
from runtime.knowledge.chat_orchestrator.ports import (
    Answer,
    Answerer,
    Conversations,
    Embeddings,
    Vector,
)
from runtime.knowledge.chat_orchestrator.retrieval import Retrieved, Retriever
from runtime.shared.errors import (
    DeniedError,
    InvalidRequestError,
    NotConfiguredError,
    UnavailableError,
)
from runtime.shared.identity import Caller
from runtime.shared.once import Place
from runtime.shared.problem import not_found

logger = Logger(child=True)

NOT_FOUND = "Your documents do not answer this question."
NOT_STORED = "This turn may be missing from the conversation."
EXTRACT_RESERVE_SECONDS = 6.0
"""What the answering model leaves of a request's time for an extract and for storing the turn."""
STORE_RESERVE_SECONDS = 2.0
RETURN_RESERVE_SECONDS = 0.5
"""For the answer's way back, whatever else hangs."""
SHORTEST_ANSWER_SECONDS = 2.0
MOST_MESSAGES = 100
EARLIER_MESSAGES = 4
"""What a follow-up question is understood by: two turns."""
EARLIER_SECONDS = 1.0


class UnverifiedError(Exception):
    """The model quoted only what its passages do not contain."""


class WithheldError(Exception):
    """The model replied without an answer."""


_WITHHELD = {
    "refused": "The answering model declined to answer.",
    "empty": "The answering model returned an empty answer.",
}
_WHY = {
    NotConfiguredError: "No answering model is configured.",
    UnavailableError: "The answering model is not available at the moment.",
    InvalidRequestError: "The answering model could not process the question.",
    UnverifiedError: "The answering model's citations could not be verified.",
}


@dataclass(frozen=True)
class Turn:
    """A question's answer."""

    answer: ChatAnswer
    place: Place | None
    """Where it is stored; None when it could not be."""


@dataclass(frozen=True)
class _Inquiry:
    """A question as it was asked, and as it is searched for."""

    asked: str
    searched: str
    vector: Vector
    """Of what is searched for."""


@dataclass(frozen=True)
class Chat:
    """Answers questions of one caller after another."""

    embeddings: Embeddings
    retriever: Retriever
    answerer: Answerer
    conversations: Conversations
    clock: Callable[[], float] = field(default=time.time)
    """Unix seconds."""

    def ask(
        self, caller: Caller, request: ChatRequest, budget: Budget, correlation_id: str
    ) -> Turn:
        """Answer from the caller's live documents and store the turn.

        Raises UnavailableError when the question cannot be compared with the documents at all.
        """
        began = self.clock()
        session_id = request.session_id or str(uuid4())
        question = self._standing_alone(caller, request, budget)
        embedding = begin("embedding", self.embeddings.embed, [question])
        vector = embedding.result(budget.left(EXTRACT_RESERVE_SECONDS))[0]
        found = self.retriever.retrieve(
            caller,
            session_id=session_id,
            question=question,
            vector=vector,
            top_k=request.top_k,
            budget=budget,
        )
        answer, citations = self._answer(
            _Inquiry(request.question, question, vector), found, budget
        )
        reply = ChatAnswer(
            answer=answer.answer,
            citations=citations,
            sources=[source(passage) for passage in found.passages],
            session_id=session_id,
            message_id=str(uuid4()),
            evidence=found.evidence,
            provider=answer.provider,
            model=answer.model,
            degraded=bool(found.gaps),
            degraded_reason=" ".join(found.gaps) or None,
            correlation_id=correlation_id,
        )
        return self._stored(caller, request.question, reply, self.clock() - began, budget)

    def given(self, place: Place) -> ChatAnswer:
        """Return an answer that was given before."""
        answer = self.conversations.answer(place)
        if answer is None:
            raise not_found("answer")
        return answer

    def transcript(self, caller: Caller, session_id: str) -> Transcript:
        """Return the caller's conversation."""
        messages = self.conversations.latest(caller, session_id, MOST_MESSAGES)
        if not messages:
            raise not_found("session")
        return Transcript(session_id=session_id, messages=messages)

    def _standing_alone(self, caller: Caller, request: ChatRequest, budget: Budget) -> str:
        """Return what to search for: a follow-up question together with the one before it."""
        if request.session_id is None or not depends(request.question):
            return request.question
        earlier = begin(
            "earlier questions",
            self.conversations.latest,
            caller,
            request.session_id,
            EARLIER_MESSAGES,
        )
        try:
            history = earlier.result(min(EARLIER_SECONDS, budget.left(EXTRACT_RESERVE_SECONDS)))
        except UnavailableError:
            logger.exception("no earlier questions")
            return request.question
        return standing_alone(request.question, history)

    def _answer(
        self, inquiry: _Inquiry, found: Retrieved, budget: Budget
    ) -> tuple[Answer, list[Citation]]:
        """Return an answer and its verified citations; what it lacks is added to `found.gaps`."""
        if not found.passages:
            nothing = Answer(answer=NOT_FOUND, citations=[], provider="none", model="none")
            return nothing, []
        try:
            return self._from_model(inquiry.asked, found, budget)
        except (
            NotConfiguredError,
            UnavailableError,
            InvalidRequestError,
            UnverifiedError,
        ) as error:
            logger.warning("answering without the model", exc_info=error)
            found.gaps.append(_WHY[type(error)])
        except WithheldError as error:
            logger.warning("the model withheld its answer", extra={"reason": str(error)})
            found.gaps.append(_WITHHELD[str(error)])
        answer = self._extract(inquiry, found, budget)
        return answer, verified(answer.citations, found.passages)

    def _from_model(
        self, question: str, found: Retrieved, budget: Budget
    ) -> tuple[Answer, list[Citation]]:
        seconds = budget.left(EXTRACT_RESERVE_SECONDS)
        if seconds < SHORTEST_ANSWER_SECONDS:
            raise UnavailableError("no time is left for the answering model")
        answer = self.answerer.answer(question, found.passages, found.history, seconds)
        if answer.withheld:
            raise WithheldError(answer.withheld)
        citations = verified(answer.citations, found.passages)
        if not citations and (answer.citations or answer.quotes_not_found):
            raise UnverifiedError("every citation was made up")
        return answer, citations

    def _extract(self, inquiry: _Inquiry, found: Retrieved, budget: Budget) -> Answer:
        similar = [passage for passage in found.passages if passage.evidence]
        weak = found.evidence == "weak"
        extract = begin(
            "extract",
            extracted,
            inquiry.searched,
            inquiry.vector,
            similar,
            self.embeddings,
            weak=weak,
        )
        try:
            return extract.result(budget.left(STORE_RESERVE_SECONDS))
        except UnavailableError:
            logger.exception("sentences were not compared")
            return first_sentences(similar)

    def _stored(
        self, caller: Caller, question: str, reply: ChatAnswer, seconds: float, budget: Budget
    ) -> Turn:
        """Store the turn; an answer that could not be stored is still one, and says so."""
        storing = begin("storing", self.conversations.add, caller, question, reply, seconds)
        try:
            place = storing.result(min(STORE_RESERVE_SECONDS, budget.left(RETURN_RESERVE_SECONDS)))
        except (UnavailableError, DeniedError):
            logger.exception("the turn was not stored")
            reasons = [reply.degraded_reason] if reply.degraded_reason else []
            reason = " ".join([*reasons, NOT_STORED])
            said = reply.model_copy(update={"degraded": True, "degraded_reason": reason})
            return Turn(said, place=None)
        return Turn(reply, place)
