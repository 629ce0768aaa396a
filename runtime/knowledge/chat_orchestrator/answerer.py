"""An answering model behind a circuit breaker and a time limit.

While the provider is down every question would wait for it before it gets its extract. After some
failures in a row the breaker answers at once; after a pause it lets one question try again. Each
execution environment has its own breaker, which needs no store and keeps what it should.
"""

from collections.abc import Sequence

from pybreaker import CircuitBreaker, CircuitBreakerError

from runtime.knowledge.chat_orchestrator.budget import begin
from runtime.knowledge.chat_orchestrator.messages import Message
from runtime.knowledge.chat_orchestrator.ports import Answer, Answerer, Passage
from runtime.shared.errors import (
    DeniedError,
    InvalidRequestError,
    NotConfiguredError,
    UnavailableError,
)

FAILURES = 3
PAUSE_SECONDS = 30.0


class GuardedAnswerer:
    """Implements `ports.Answerer` around another one."""

    def __init__(
        self, inner: Answerer, failures: int = FAILURES, pause_seconds: float = PAUSE_SECONDS
    ) -> None:
        """Open after this many failures in a row, for this long."""
        self._inner = inner
        # These say that the provider was not even asked, or that it did answer.
        excluded = [NotConfiguredError, InvalidRequestError, DeniedError]
        self._breaker = CircuitBreaker(
            fail_max=failures,
            reset_timeout=pause_seconds,
            exclude=excluded,
            throw_new_error_on_trip=False,
        )

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Message],
        seconds: float,
    ) -> Answer:
        """Ask within the time limit; raise UnavailableError at once while the breaker is open."""
        try:
            return self._breaker.call(self._ask, question, passages, history, seconds)
        except CircuitBreakerError as error:
            raise UnavailableError("the provider failed several times just now") from error

    def _ask(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Message],
        seconds: float,
    ) -> Answer:
        pending = begin("answer", self._inner.answer, question, passages, history, seconds)
        return pending.result(seconds)
