"""When a message that failed is delivered again: soon at first, later each time, for all queues.

Without this it would wait for the queue's visibility timeout, which is six times the function's
timeout so that no message is delivered twice at once: up to an hour and a half. How often it is
delivered is the queue's to say (systems/queues.py): twelve times with these pauses are an hour.
"""

import random
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from botocore.exceptions import BotoCoreError, ClientError

from runtime.shared.aws_errors import calling
from runtime.shared.errors import UnavailableError

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

logger = Logger(child=True)

FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 900
MOST_COPIES = 20
"""How often a message may be put back: at a minute each, twice as long as any function runs."""


def pause_seconds(attempt: int, jitter: float) -> int:
    """Return the pause after attempt 1, 2, ...; `jitter` from 0 to 1 spreads it by a quarter."""
    pause = FIRST_PAUSE_SECONDS * 2 ** (attempt - 1)
    return int(min(pause, LONGEST_PAUSE_SECONDS) * (1 + jitter / 4))


class Redelivery:
    """Says when a message comes again."""

    def __init__(self, sqs: "SQSClient") -> None:
        self._sqs = sqs

    def plan(self, record: SQSRecord) -> None:
        """Have the message delivered again after its pause."""
        attempt = int(record.attributes.approximate_receive_count)
        # Spreads load, nothing else.
        jitter = random.random()  # noqa: S311
        try:
            self._sqs.change_message_visibility(
                QueueUrl=self._url(record.event_source_arn),
                ReceiptHandle=record.receipt_handle,
                VisibilityTimeout=pause_seconds(attempt, jitter),
            )
        except (BotoCoreError, ClientError):
            # The message comes again when its visibility timeout is over; why it failed matters.
            logger.exception("the pause before the next delivery was not set")

    def begin_anew(self, record: SQSRecord, seconds: int) -> None:
        """Put a copy of the message into its queue, to be delivered after `seconds` (up to 900).

        The copy has all its deliveries before it; the message itself is done with. Raises
        UnavailableError when the queue does not take it, or when it is the copy of a copy for the
        `MOST_COPIES`th time: then it fails like any other, so that nothing circles without end.
        """
        copies = _copies(record) + 1
        if copies > MOST_COPIES:
            raise UnavailableError(f"put back {MOST_COPIES} times, and its turn never came")
        with calling("sqs"):
            self._sqs.send_message(
                QueueUrl=self._url(record.event_source_arn),
                MessageBody=record.body,
                DelaySeconds=seconds,
                MessageAttributes={
                    "copies": {"DataType": "Number", "StringValue": str(copies)},
                },
            )

    def _url(self, queue_arn: str) -> str:
        """Return the queue's URL, which follows from its ARN: a lookup would need a permission."""
        *_, account, name = queue_arn.split(":")
        return f"{self._sqs.meta.endpoint_url}/{account}/{name}"


def _copies(record: SQSRecord) -> int:
    """Return how often the message has been put back so far."""
    count = record.message_attributes["copies"]
    return 0 if count is None else int(count.string_value or 0)
