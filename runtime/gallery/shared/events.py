"""The events between the steps, and the bus that carries them.

Every event may arrive twice or late, and the archive can replay all of them: whoever consumes one
looks at the item's row first and finds what is already done.
"""

from typing import ClassVar, Protocol
from uuid import UUID

from runtime.shared.events import Event

SOURCE = "rampart.gallery"


class ImageProcessed(Event):
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


class AnalysisComplete(Event):
    """An analysis is stored and waits to be embedded."""

    detail_type: ClassVar[str] = "AnalysisComplete"

    item_id: UUID
    tenant_id: str
    user_id: str
    analysis_id: UUID


class Publisher(Protocol):
    """Tells the next step."""

    def publish(self, event: ImageProcessed | AnalysisComplete) -> None:
        """Hand the event over; returning means that the bus has it."""
        ...
