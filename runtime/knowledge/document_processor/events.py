"""What S3 tells through the queue: which objects have changed."""

from typing import Literal
from urllib.parse import unquote_plus

from pydantic import Field, TypeAdapter

from runtime.shared.shape import QUIET, Shape


class _Object(Shape):
    key: str
    version_id: str = Field("", alias="versionId")
    sequencer: str = ""


class _Entity(Shape):
    object: _Object


class _Record(Shape):
    event_name: str = Field(alias="eventName")
    s3: _Entity


class _Notification(Shape):
    records: list[_Record] = Field(alias="Records")


class _TestNotification(Shape):
    """What S3 sends once when notifications are set up."""

    event: Literal["s3:TestEvent"] = Field(alias="Event")


class Change(Shape):
    """One event of one object; a repeated delivery of it is equal to the first."""

    event: str
    """Such as `ObjectCreated:Post`."""
    key: str
    version_id: str
    sequencer: str


_MESSAGE: TypeAdapter[_Notification | _TestNotification] = TypeAdapter(
    _Notification | _TestNotification, config=QUIET
)


def changes_in(body: str) -> list[Change]:
    """Return the changes a message tells of; raises ValidationError when it is no S3 event."""
    notification = _MESSAGE.validate_json(body)
    if isinstance(notification, _TestNotification):
        return []
    return [
        Change(
            event=record.event_name,
            key=unquote_plus(record.s3.object.key),  # S3 encodes keys as HTML forms do
            version_id=record.s3.object.version_id,
            sequencer=record.s3.object.sequencer,
        )
        for record in notification.records
    ]
