"""What stands in the queue of orders: which order, never what is in it.

Personal data stays in its row, encrypted: a message, and so a dead letter, has none of it.
"""

from typing import TYPE_CHECKING, Literal
from uuid import NAMESPACE_URL, uuid5

from runtime.orders.shared.order import OrderKey
from runtime.shared.aws_errors import calling
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

VERSION = "1"


class OrderReceived(Shape):
    """An order has its row and waits to be charged."""

    schema_version: Literal["1"] = VERSION
    tenant: str
    order_id: str
    correlation_id: str

    @property
    def key(self) -> OrderKey:
        """Return which order is meant."""
        return OrderKey(self.tenant, self.order_id)


class OrderQueue:
    """The queue before the processor: FIFO, so that a customer's orders keep their order."""

    def __init__(self, sqs: "SQSClient", url: str) -> None:
        self._sqs, self._url = sqs, url

    def put(self, message: OrderReceived, customer_id: str) -> None:
        """Put an order at the end of its customer's; a repeated one is dropped for five minutes.

        After that the processor finds what is already done. Raises UnavailableError when the queue
        does not take it.
        """
        with calling("sqs"):
            self._sqs.send_message(
                QueueUrl=self._url,
                MessageBody=message.model_dump_json(),
                MessageGroupId=group(message.tenant, customer_id),
                MessageDeduplicationId=f"{message.tenant}.{message.order_id}",
                MessageAttributes={
                    "schema_version": {"DataType": "String", "StringValue": VERSION},
                    "correlation_id": {
                        "DataType": "String",
                        "StringValue": message.correlation_id,
                    },
                },
            )


def group(tenant: str, customer_id: str) -> str:
    """Return the message group of a customer, which does not tell who that is."""
    return str(uuid5(NAMESPACE_URL, f"https://rampart.invalid/customers/{tenant}/{customer_id}"))
