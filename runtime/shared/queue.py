"""A worker's queue: when a message comes again, how often, and where it goes after that."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from runtime.shared.aws_errors import calling
from runtime.shared.clients import sqs_client
from runtime.shared.redelivery import Redelivery
from runtime.shared.settings import Settings

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.type_defs import SendMessageRequestTypeDef

# SQS takes 256 KB for message and attributes together; a reason is a sentence, not a report.
LONGEST_REASON = 1000


class QueueSettings(Settings):
    """Where failures go, and how often the queue delivers a message before it moves it there."""

    dead_letter_queue_url: str
    max_receives: int


class DeadLetters:
    """The dead letter queue of a function's own queue."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        """Send to the queue at `url`."""
        self._client, self._url = client, url

    def add(self, record: SQSRecord, error: Exception) -> None:
        """Keep the message with its reason; replaying it to the queue tries it again.

        A message of a FIFO queue keeps its group, and with it its place among its like.
        """
        reason = str(error)[:LONGEST_REASON] or "no further explanation"
        request: SendMessageRequestTypeDef = {
            "QueueUrl": self._url,
            "MessageBody": record.body,
            "MessageAttributes": {
                "error_type": {"DataType": "String", "StringValue": type(error).__name__},
                "reason": {"DataType": "String", "StringValue": reason},
            },
        }
        group = record.attributes.message_group_id
        if group is not None:
            request["MessageGroupId"] = group
            request["MessageDeduplicationId"] = record.message_id
        with calling("sqs"):
            self._client.send_message(**request)


@dataclass(frozen=True)
class Queue:
    """What a worker needs of its queue."""

    dead_letters: DeadLetters
    redelivery: Redelivery
    """Says when a message that failed comes again."""
    max_receives: int
    """How often the queue delivers a message before it gives up."""

    @classmethod
    def of(cls, settings: QueueSettings) -> Self:
        """Return the queue on AWS."""
        sqs = sqs_client()
        dead_letters = DeadLetters(sqs, settings.dead_letter_queue_url)
        return cls(dead_letters, Redelivery(sqs), settings.max_receives)
