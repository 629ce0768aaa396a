"""Sending dead letters back, so that none is lost whenever it stops.

A letter is deleted only when its target has it. Stopped in between, it is in both places: the next
replay sends it a second time, which its consumer has to bear as it bears any second delivery.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rampart_local.dead_letters.letters import Letter
from rampart_local.dead_letters.queues import DeadLetters, count, held
from rampart_local.dead_letters.services import Services
from rampart_local.dead_letters.targets import Target, UnfitError, target_of

LETTERS_A_SECOND = 10.0
REFUSED = "its consumer refused its content, and would again"


@dataclass
class Outcome:
    """What became of the letters of a queue."""

    replayed: int = 0
    stayed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Message id and why, of each that was looked at and not sent."""
    hidden: int = 0
    """Letters behind those that stayed, in the same group of a FIFO queue."""


class Replay:
    """Sends letters of one queue back.

    Args:
        services: of the stack.
        queue: whose letters.
        letters_a_second: at most.
        refused: whether what was refused for its content goes, too.
        say: is told how many were sent, after each.
        pause: waits so many seconds.

    Raises:
        LookupError: nothing says where they go back to.
    """

    def __init__(
        self,
        services: Services,
        queue: DeadLetters,
        *,
        letters_a_second: float = LETTERS_A_SECOND,
        refused: bool = False,
        say: Callable[[int], None] = lambda _: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._services, self._queue = services, queue
        self._target: Target = target_of(services, queue)
        self._between, self._refused = 1 / letters_a_second, refused
        self._say, self._pause = say, pause

    def all(self) -> Outcome:
        """Send all letters that are there now back."""
        outcome, most = Outcome(), self._queue.count
        with held(self._services, self._queue.url) as receive:
            while letters := receive():
                for letter in letters:
                    self._take(letter, outcome)
                # What failed again is here again; it is not sent in circles.
                if outcome.replayed >= most:
                    break
        left = count(self._services, self._queue.url)
        if self._queue.url.endswith(".fifo") and outcome.stayed:
            outcome.hidden = max(0, left - len(outcome.stayed))
        return outcome

    def one(self, message_id: str) -> Outcome:
        """Send one letter back, whatever it was refused for.

        Raises:
            LookupError: it is not there, or stands behind others of its group.
        """
        with held(self._services, self._queue.url) as receive:
            while letters := receive():
                for letter in letters:
                    if letter.id == message_id:
                        outcome = Outcome()
                        self._send(letter, outcome)
                        return outcome
        raise LookupError(
            f"{self._queue.name} shows no message {message_id}; `rampart dlq show "
            f"{self._queue.name}` lists them. In a FIFO queue a message may stand behind others "
            "of its group."
        )

    def _take(self, letter: Letter, outcome: Outcome) -> None:
        if letter.refused and not self._refused:
            outcome.stayed.append((letter.id, REFUSED))
            return
        if outcome.replayed:
            self._pause(self._between)
        self._send(letter, outcome)

    def _send(self, letter: Letter, outcome: Outcome) -> None:
        try:
            self._target.send(letter)
        except UnfitError as error:
            outcome.stayed.append((letter.id, str(error)))
            return
        self._services.sqs.delete_message(QueueUrl=self._queue.url, ReceiptHandle=letter.receipt)
        outcome.replayed += 1
        self._say(outcome.replayed)
