"""Asking, once for each key that a client gives its question: a model's answers cost money."""

from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.chat_orchestrator.budget import Budget
from runtime.knowledge.chat_orchestrator.core import Chat, Turn
from runtime.knowledge.chat_orchestrator.messages import ChatAnswer, ChatRequest
from runtime.shared.errors import UnavailableError
from runtime.shared.identity import Caller
from runtime.shared.once import LONGEST_NOTE_SECONDS, Once, Place


class NotStoredError(Exception):
    """There is no place at which a repeated question would find the answer."""


class Asking:
    """Asks a chat."""

    def __init__(self, chat: Chat, once: Once) -> None:
        self._chat, self._once = chat, once

    def ask(
        self,
        caller: Caller,
        request: ChatRequest,
        key: str | None,
        context: LambdaContext,
        correlation_id: str,
    ) -> ChatAnswer:
        """Answer the question, or return the answer that the same key has had before.

        An answer that could not be stored is returned and not remembered.
        """
        seconds = context.get_remaining_time_in_millis() / 1000
        if key is None:
            return self._chat.ask(caller, request, Budget(seconds), correlation_id).answer
        turns: list[Turn] = []

        def answered() -> Place:
            budget = Budget(seconds - 2 * LONGEST_NOTE_SECONDS)  # before the work, and after it
            turn = self._chat.ask(caller, request, budget, correlation_id)
            turns.append(turn)
            if turn.place is None:
                raise NotStoredError
            return turn.place

        try:
            place = self._once.do(caller, request, key, context, answered)
        except (NotStoredError, UnavailableError):
            if not turns:
                raise
            return turns[0].answer
        return turns[0].answer if turns else self._chat.given(place)
