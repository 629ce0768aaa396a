"""An outbox row becomes an event on the bus and a message of the topic.

First the bus, then the topic. A failure between the two brings the row again, and the bus has the
event twice: whoever consumes it knows it by its id.
"""

from typing import TYPE_CHECKING, Protocol

from runtime.orders.shared.events import EVENT, OrderEvent
from runtime.shared.aws_errors import calling
from runtime.shared.events import Event
from runtime.shared.requests import naming_fields

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


class Publisher(Protocol):
    """The bus."""

    def publish(self, event: Event) -> None:
        """Put the event on the bus."""
        ...


class Announcer(Protocol):
    """The topic."""

    def announce(self, event: OrderEvent) -> None:
        """Tell all subscribers whose filter lets it through."""
        ...


class Outbox:
    """Publishes rows."""

    def __init__(self, bus: Publisher, topic: Announcer) -> None:
        self._bus, self._topic = bus, topic

    def publish(self, content: str) -> OrderEvent:
        """Publish the event of a row and return it.

        Raises InvalidRequestError when it is none, UnavailableError when it was not taken.
        """
        with naming_fields():
            event = EVENT.validate_json(content)
        self._bus.publish(event)
        self._topic.announce(event)
        return event


class SnsTopic:
    """Implements `Announcer`; filters of subscriptions choose by the message's attributes."""

    def __init__(self, sns: "SNSClient", arn: str) -> None:
        self._sns, self._arn = sns, arn

    def announce(self, event: OrderEvent) -> None:
        """Tell all subscribers whose filter lets it through."""
        attributes = {
            "detail_type": event.detail_type,
            "tenant": event.tenant,
            "schema_version": event.schema_version,
            "correlation_id": event.correlation_id,
        }
        with calling("sns"):
            self._sns.publish(
                TopicArn=self._arn,
                Message=event.model_dump_json(),
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value}
                    for name, value in attributes.items()
                },
            )
