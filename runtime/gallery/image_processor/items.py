"""The rows of items, in PostgreSQL."""

import datetime as dt
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from runtime.gallery.image_processor.core import Received, Upload
from runtime.gallery.image_processor.thumbnail import Thumbnail
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Analysis, Deletion, Item


class ItemRows:
    """Implements `core.Items`."""

    def __init__(self, database: Database) -> None:
        """Each method is one transaction in the name of the item's tenant."""
        self._database = database

    def receive(self, upload: Upload) -> Received | None:
        """Note an upload; None when a later one was noted, or the item was deleted since."""
        with self._database.transaction(upload.key.tenant) as session:
            item = _noted(session, upload)
            if item is None:
                return None
            if item.status == "failed":  # redriven after the cause was fixed
                item.status, item.reason, item.thumbnail_path = "received", None, None
            return Received(item.revision, has_thumbnail=item.thumbnail_path is not None)

    def forget(self, upload: Upload) -> None:
        """Remove the row that this upload began, if nothing was made of it yet."""
        analysed = exists().where(Analysis.item_id == Item.id)
        with self._database.transaction(upload.key.tenant) as session:
            session.execute(
                delete(Item).where(
                    Item.id == upload.key.item_id,
                    Item.revision == upload.sequencer,
                    Item.thumbnail_path.is_(None),
                    ~analysed,
                )
            )

    def thumbnail_made(self, key: ItemKey, revision: str, thumbnail: Thumbnail) -> bool | None:
        """Note the thumbnail; False when the item has newer content, None when it is gone."""
        with self._database.transaction(key.tenant) as session:
            item = session.get(Item, key.item_id, with_for_update=True)
            if item is None or item.revision != revision:
                return None if item is None else False
            item.status, item.reason, item.abandoned_after = "analyzing", None, None
            item.thumbnail_path, item.mime_type = key.thumbnail, thumbnail.mime_type
            item.width, item.height = thumbnail.width, thumbnail.height
            return True

    def expect_end(self, tenant: str, item_id: UUID, until: dt.datetime) -> None:
        """Note when the last attempt ends; an item without a row has nothing to show yet."""
        with self._database.transaction(tenant) as session:
            session.execute(update(Item).where(Item.id == item_id).values(abandoned_after=until))

    def fail(self, upload: Upload, reason: str) -> None:
        """Note the failure of this upload, unless a later one was noted."""
        with self._database.transaction(upload.key.tenant) as session:
            item = _noted(session, upload)
            if item is not None:
                item.status, item.reason, item.abandoned_after = "failed", reason, None


def _noted(session: Session, upload: Upload) -> Item | None:
    """Return the item's row, locked, with this upload in it.

    None when a later upload is in it, or the item was deleted after this one.
    """
    key = upload.key
    new = insert(Item).values(
        id=key.item_id,
        tenant_id=key.tenant,
        user_id=key.user,
        filename=key.filename,
        file_path=key.original,
        size_bytes=upload.size_bytes,
        status="received",
        etag=upload.etag,
        sequencer=upload.sequencer,
        revision=upload.sequencer,
    )
    gone = session.get(Deletion, key.item_id)
    if gone is not None and not _is_later(upload.sequencer, gone.sequencer):
        return None
    session.execute(new.on_conflict_do_nothing(index_elements=[Item.id]))
    item = session.execute(
        select(Item).where(Item.id == key.item_id).with_for_update()
    ).scalar_one()
    if _is_later(item.sequencer, upload.sequencer):
        return None
    if _is_later(upload.sequencer, item.sequencer):
        _replace(item, upload)
    return item


def _is_later(one: str, other: str) -> bool:
    """Compare sequencers as S3 says: as hexadecimal numbers filled up on the right."""
    length = max(len(one), len(other))
    return one.ljust(length, "0") > other.ljust(length, "0")


def _replace(item: Item, upload: Upload) -> None:
    """Take over newer content; the same bytes again keep everything that was made of them."""
    item.sequencer = upload.sequencer
    if item.etag == upload.etag:
        return
    item.etag, item.size_bytes, item.revision = upload.etag, upload.size_bytes, upload.sequencer
    item.status, item.reason, item.abandoned_after = "received", None, None
    item.thumbnail_path = item.mime_type = item.width = item.height = None
