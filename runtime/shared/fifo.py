"""Batches of a FIFO queue: when a message fails, the rest of its group waits behind it.

Those that wait were received with the one that failed, and count that as one of their deliveries.
When the failed one is given up, on its last delivery, they are worked on in the same batch: so none
of them ends as a dead letter without having been tried.
"""

# Powertools' base class is typed in part.
# pyright: reportUnknownMemberType=false

from typing import Any

from aws_lambda_powertools.utilities.batch import (
    ExceptionInfo,
    FailureResponse,
    SqsFifoPartialProcessor,
)
from aws_lambda_powertools.utilities.batch.exceptions import SQSFifoMessageGroupCircuitBreakerError

from runtime.shared.redelivery import Redelivery


class FifoBatch(SqsFifoPartialProcessor):
    """Has what waits delivered again together with what it waits for.

    Otherwise it would stay hidden for the queue's visibility timeout.
    """

    def __init__(self, redelivery: Redelivery) -> None:
        super().__init__(skip_group_on_error=True)
        self._redelivery = redelivery

    def failure_handler(self, record: Any, exception: ExceptionInfo) -> FailureResponse:  # noqa: ANN401 - Powertools' type
        """Keep the failure, and the place of a message that was not tried."""
        if isinstance(exception[1], SQSFifoMessageGroupCircuitBreakerError):
            self._redelivery.plan(record)
        return super().failure_handler(record, exception)
