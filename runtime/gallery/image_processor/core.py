"""An uploaded image gets its row and its thumbnail, and the next step is told."""

import datetime as dt
from dataclasses import dataclass
from typing import IO, Protocol
from uuid import UUID

from pydantic import Field

from runtime.gallery.image_processor.thumbnail import Thumbnail, make_thumbnail
from runtime.gallery.shared.events import ImageProcessed, Publisher
from runtime.gallery.shared.keys import ItemKey
from runtime.shared.errors import RejectedError
from runtime.shared.shape import Shape


class _Bucket(Shape):
    name: str


class _Object(Shape):
    key: str
    size: int = Field(ge=0)
    etag: str
    sequencer: str


class ObjectCreated(Shape):
    """The detail of S3's event of the same name; keys are not URL-encoded in it.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
    """

    bucket: _Bucket
    object: _Object


@dataclass(frozen=True)
class Upload:
    """Content that arrived for an item."""

    key: ItemKey
    size_bytes: int
    etag: str
    sequencer: str
    """S3's order of events on one key: hexadecimal, compared after padding to one length."""


@dataclass(frozen=True)
class Received:
    """What the item's row says after an upload was noted."""

    revision: str
    has_thumbnail: bool
    """The content of this revision went through this function before."""


class Items(Protocol):
    """The rows of items, as this step needs them."""

    def receive(self, upload: Upload) -> Received | None:
        """Note an upload; None when a later one was noted, or the item was deleted since."""
        ...

    def forget(self, upload: Upload) -> None:
        """Remove the row that this upload began, if nothing was made of it yet."""
        ...

    def thumbnail_made(self, key: ItemKey, revision: str, thumbnail: Thumbnail) -> bool | None:
        """Note the thumbnail; False when the item has newer content, None when it is gone."""
        ...

    def expect_end(self, tenant: str, item_id: UUID, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        ...

    def fail(self, upload: Upload, reason: str) -> None:
        """Note the failure of this upload, unless a later one was noted."""
        ...


class Images(Protocol):
    """The objects in the bucket."""

    def open(self, bucket: str, key: str, etag: str) -> IO[bytes] | None:
        """Return the content with this etag, or None when it was replaced or deleted."""
        ...

    def write_thumbnail(self, bucket: str, key: str, thumbnail: Thumbnail) -> None:
        """Create or replace the thumbnail."""
        ...

    def remove(self, bucket: str, key: str) -> None:
        """Remove an object with all its versions; a missing one is no error."""
        ...


class ThumbnailStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, items: Items, images: Images, bus: Publisher, max_image_bytes: int) -> None:
        """Refuse files of more than `max_image_bytes`."""
        self._items, self._images, self._bus = items, images, bus
        self._max_image_bytes = max_image_bytes

    def run(self, event: ObjectCreated, trace_id: str) -> None:
        """Make the thumbnail and tell the next step.

        An event that comes again finds the thumbnail made and only tells again, because telling
        may be what failed before.
        """
        del trace_id  # the analysis records it
        upload = _upload(event)
        if upload is None:
            return
        received = self._items.receive(upload)
        if received is None:
            return
        if not received.has_thumbnail and not self._make(event, upload, received.revision):
            return
        self._bus.publish(
            ImageProcessed(
                item_id=upload.key.item_id,
                tenant_id=upload.key.tenant,
                user_id=upload.key.user,
                bucket=event.bucket.name,
                original_key=upload.key.original,
                thumbnail_key=upload.key.thumbnail,
                revision=received.revision,
                request_id=f"upload:{received.revision}",
            )
        )

    def expect_end(self, event: ObjectCreated, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        if upload := _upload(event):
            self._items.expect_end(upload.key.tenant, upload.key.item_id, until)

    def fail(self, event: ObjectCreated, reason: str) -> None:
        """Note the failure at the item, which gets its row now if it has none."""
        if upload := _upload(event):
            self._items.fail(upload, reason)

    def _make(self, event: ObjectCreated, upload: Upload, revision: str) -> bool:
        """Make, store and note the thumbnail; False when the item moved on meanwhile."""
        if upload.size_bytes > self._max_image_bytes:
            most = self._max_image_bytes // 2**20
            raise RejectedError("too_large", f"The file is larger than {most} MiB.")
        bucket = event.bucket.name
        file = self._images.open(bucket, event.object.key, upload.etag)
        if file is None:
            self._items.forget(upload)
            return False
        with file:
            thumbnail = make_thumbnail(file)
        self._images.write_thumbnail(bucket, upload.key.thumbnail, thumbnail)
        noted = self._items.thumbnail_made(upload.key, revision, thumbnail)
        if noted is None:  # deleted while we worked: leave nothing behind
            self._images.remove(bucket, upload.key.thumbnail)
        return noted is True


def _upload(event: ObjectCreated) -> Upload | None:
    """Return what the event says arrived, or None when the object is no original."""
    key = ItemKey.of(event.object.key)
    if key is None:
        return None
    return Upload(key, event.object.size, event.object.etag.strip('"'), event.object.sequencer)
