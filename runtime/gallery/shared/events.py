"""The events between the steps, and the bus that carries them.

Every event may arrive twice or late, and the archive can replay all of them: whoever consumes one
looks at the item's row first and finds what is already done.
"""

from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from runtime.shared.aws_errors import calling
from runtime.shared.errors import UnavailableError
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

SOURCE = "rampart.gallery"
Detail = TypeVar("Detail", bound=BaseModel)


class ImageProcessed(Shape):
    """An image has its thumbnail and waits to be analyzed, for the first time or again."""

    detail_type: ClassVar[str] = "ImageProcessed"

    item_id: UUID
    tenant_id: str
    user_id: str
    bucket: str
    original_key: str
    thumbnail_key: str
    revision: str
    """The content that is meant; once there is newer content, this event is out of date."""
    request_id: str
    """The same request is analyzed once, however often the event comes."""


class AnalysisComplete(Shape):
    """An analysis is stored and waits to be embedded."""

    detail_type: ClassVar[str] = "AnalysisComplete"

    item_id: UUID
    tenant_id: str
    user_id: str
    analysis_id: UUID


class Envelope(Shape, Generic[Detail]):
    """An event as EventBridge puts it into a queue; only its detail matters here."""

    detail: Detail


class Publisher(Protocol):
    """Tells the next step."""

    def publish(self, event: ImageProcessed | AnalysisComplete) -> None:
        """Hand the event over; returning means that the bus has it."""
        ...


class Bus:
    """An EventBridge bus; implements `Publisher`."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        """Publish to the bus with this name or ARN."""
        self._client, self._name = client, name

    def publish(self, event: ImageProcessed | AnalysisComplete) -> None:
        """Put the event on the bus; UnavailableError when the bus did not take it."""
        with calling("events"):
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": SOURCE,
                        "DetailType": event.detail_type,
                        "Detail": event.model_dump_json(),
                    }
                ]
            )
        if answer["FailedEntryCount"]:
            code = answer["Entries"][0].get("ErrorCode", "")
            raise UnavailableError(f"the event bus refused {event.detail_type}: {code}")
