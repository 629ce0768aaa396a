"""One message of a queue: do its step, and let a failure end where people look for it.

Content that can never succeed fails at once; everything else is tried again by the queue until the
last receive. A failure then leaves two traces: the item's status with a reason for its user, and
the message in the queue's dead letter queue with the error's type and text for the operator. A
function that is killed writes neither: the queue moves its message by itself, and the item can show
as failed once the time that was noted before the last attempt is over.
"""

import datetime as dt
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, ValidationError

from runtime.shared.errors import InvalidRequestError, RejectedError
from runtime.shared.queue import Queue
from runtime.shared.trace import trace_id_of

Event = TypeVar("Event", bound=BaseModel)
Event_contra = TypeVar("Event_contra", bound=BaseModel, contravariant=True)

GAVE_UP = "Processing failed several times. Please try again later."


class Step(Protocol[Event_contra]):
    """What a function does with one event; all three may be called again for the same event."""

    def run(self, event: Event_contra, trace_id: str) -> None:
        """Do the step; returning means done, or nothing to do any more."""
        ...

    def expect_end(self, event: Event_contra, until: dt.datetime) -> None:
        """Note that after `until` nobody is working on the item any more."""
        ...

    def fail(self, event: Event_contra, reason: str) -> None:
        """Give the item the status `failed`, unless the event is out of date."""
        ...


class Worker(Generic[Event]):
    """Takes the messages of one queue through one step."""

    def __init__(
        self,
        step: Step[Event],
        read: Callable[[str], Event],
        queue: Queue,
        logger: Logger,
        metrics: Metrics,
    ) -> None:
        """Work with `step` on what `read` finds in a message.

        Args:
            step: what to do with an event.
            read: returns the event in a body; `enveloped(shape)` for those of a bus.
            queue: where the messages come from, and where those go that cannot succeed.
            logger: gets one line for every failure.
            metrics: counts what was done, put off and given up.

        """
        self._step, self._queue = step, queue
        self._logger, self._metrics = logger, metrics
        self._read = read

    def handle(self, record: SQSRecord, lambda_context: LambdaContext) -> None:
        """Work on one message; an exception means that the queue should deliver it again."""
        self._logger.set_correlation_id(record.message_id)
        try:
            event = self._read(record.body)
        except ValidationError as error:
            self._logger.exception("message is no event of this queue")
            fields = ", ".join(".".join(map(str, each["loc"])) for each in error.errors())
            self._queue.dead_letters.add(record, InvalidRequestError(f"wrong fields: {fields}"))
            self._count("GivenUp")
            return
        # Events that belong to a request carry its id.
        self._logger.set_correlation_id(getattr(event, "correlation_id", record.message_id))
        seconds_left = lambda_context.get_remaining_time_in_millis() / 1000
        self._attempt(event, record, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds_left))

    def _attempt(self, event: Event, record: SQSRecord, killed_at: dt.datetime) -> None:
        last = int(record.attributes.approximate_receive_count or 1) >= self._queue.max_receives
        try:
            if last:
                self._step.expect_end(event, killed_at)
            self._step.run(event, trace_id_of(record))
            self._count("Done")
        except RejectedError as error:
            self._give_up(event, record, error, error.explanation)
        except Exception as error:
            if not last:
                self._logger.warning("item put off", exc_info=error)
                self._count("PutOff")
                self._queue.redelivery.plan(record)
                raise
            self._give_up(event, record, error, GAVE_UP)

    def _give_up(self, event: Event, record: SQSRecord, error: Exception, reason: str) -> None:
        self._logger.error("item failed", exc_info=error)
        try:
            self._step.fail(event, reason)
        except Exception:  # the dead letter matters most; a redrive will bring the status too
            self._logger.exception("status could not be written")
        self._queue.dead_letters.add(record, error)
        self._count("GivenUp")

    def _count(self, outcome: str) -> None:
        self._metrics.add_metric(outcome, MetricUnit.Count, 1)
