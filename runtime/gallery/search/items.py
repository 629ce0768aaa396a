"""The rows of one tenant, in PostgreSQL."""

import datetime as dt
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from runtime.gallery.search import deletions
from runtime.gallery.search.core import Row
from runtime.gallery.search.item_deletion import ItemDeletion
from runtime.gallery.search.ranking import Rank, ranked
from runtime.gallery.search.requests import Cursor
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.models import Analysis, Item


class ItemRows:
    """Implements `core.Items`."""

    def __init__(self, database: Database) -> None:
        """Each method is one transaction in the name of the tenant."""
        self._database = database

    def search(
        self, tenant: str, question: str, vector: list[float] | None, limit: int
    ) -> list[tuple[Rank, Row]]:
        """Return the best items for a question, the best first."""
        with self._database.transaction(tenant) as session:
            ranks = ranked(session, question, vector, limit)
            found = _rows(session, Item.id.in_([rank.item_id for rank in ranks]))
            rows = {row.item.id: row for row in found}
            return [(rank, rows[rank.item_id]) for rank in ranks if rank.item_id in rows]

    def page(self, tenant: str, limit: int, after: Cursor | None) -> list[Row]:
        """Return up to `limit` items after the cursor, the newest first."""
        position = tuple_(Item.created_at, Item.id)
        before = [position < tuple_(after.created_at, after.item_id)] if after else []
        with self._database.transaction(tenant) as session:
            return _rows(session, *before, limit=limit)

    def find(self, tenant: str, item_id: UUID) -> Row | None:
        """Return one item."""
        with self._database.transaction(tenant) as session:
            return next(iter(_rows(session, Item.id == item_id)), None)

    def await_analysis(self, tenant: str, item_id: UUID) -> Item | None:
        """Give an item with a thumbnail the status `analyzing`; return it as it is then."""
        with self._database.transaction(tenant) as session:
            item = session.get(Item, item_id, with_for_update=True)
            if item is not None and item.thumbnail_path is not None:
                item.status, item.reason, item.abandoned_after = "analyzing", None, None
                session.flush()
                session.refresh(item)
            return _detached(session, item)

    def announce(self, tenant: str, asked: ItemDeletion) -> ItemDeletion | None:
        """Note that the item is to be deleted; None when there is none any more."""
        with self._database.transaction(tenant) as session:
            return deletions.announced(session, asked)

    def note(self, tenant: str, deletion: ItemDeletion) -> None:
        """Write how far a deletion is."""
        with self._database.transaction(tenant) as session:
            deletions.noted(session, deletion)

    def delete(self, tenant: str, deletion: ItemDeletion, now: dt.datetime) -> bool:
        """Remove all rows of the item and write the receipt; False when it was replaced."""
        with self._database.transaction(tenant) as session:
            return deletions.finished(session, deletion, now)

    def deletion(self, tenant: str, item_id: UUID) -> ItemDeletion | None:
        """Return the item's last deletion."""
        with self._database.transaction(tenant) as session:
            return deletions.found(session, item_id)


def _rows(session: Session, *where: ColumnElement[bool], limit: int | None = None) -> list[Row]:
    """Return items with their latest analyses, the newest first."""
    later = aliased(Analysis)
    superseded = exists().where(later.item_id == Item.id, later.version > Analysis.version)
    statement = (
        select(Item, Analysis)
        .outerjoin(Analysis, and_(Analysis.item_id == Item.id, ~superseded))
        .where(*where)
        .order_by(Item.created_at.desc(), Item.id.desc())
        .limit(limit)
    )
    rows = [Row(item, analysis) for item, analysis in session.execute(statement)]
    session.expunge_all()
    return rows


def _detached(session: Session, item: Item | None) -> Item | None:
    """Return the row as it is now, readable after the transaction."""
    session.expunge_all()
    return item
