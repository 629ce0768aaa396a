"""Events on a bus of EventBridge: what all of them are, and how they are published.

An event may arrive twice or late, and the archive can replay all of them: whoever consumes one
finds out first what of it is already done.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import BaseModel

from runtime.shared.aws_errors import calling
from runtime.shared.errors import UnavailableError
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

Detail = TypeVar("Detail", bound=BaseModel)


class Event(Shape):
    """Base of the events of a system: the detail of an event, whose type is the class's."""

    detail_type: ClassVar[str]
    """What rules choose by."""


class Envelope(Shape, Generic[Detail]):
    """An event as EventBridge puts it into a queue; only its detail matters here."""

    detail: Detail


def enveloped(shape: type[Detail]) -> Callable[[str], Detail]:
    """Return what reads the events of this shape out of the bodies of a queue's messages."""
    envelope = Envelope[shape]
    return lambda body: envelope.model_validate_json(body).detail


class Bus:
    """The bus of one system."""

    def __init__(self, client: "EventBridgeClient", name: str, source: str) -> None:
        """Publish to the bus with this name or ARN, as `source`."""
        self._client, self._name, self._source = client, name, source

    def publish(self, event: Event) -> None:
        """Put the event on the bus; UnavailableError when the bus did not take it."""
        with calling("events"):
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": self._source,
                        "DetailType": event.detail_type,
                        "Detail": event.model_dump_json(),
                    }
                ]
            )
        if answer["FailedEntryCount"]:
            code = answer["Entries"][0].get("ErrorCode", "")
            raise UnavailableError(f"the event bus refused {event.detail_type}: {code}")
