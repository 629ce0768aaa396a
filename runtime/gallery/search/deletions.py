"""Deletions of items, in PostgreSQL."""

import datetime as dt
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from runtime.gallery.search.item_deletion import ItemDeletion
from runtime.gallery.shared.models import Analysis, Deletion, Embedding, Item
from runtime.shared.deletions import Counts

_TABLES = {"items": Item.id, "analyses": Analysis.item_id, "embeddings": Embedding.item_id}


def announced(session: Session, asked: ItemDeletion) -> ItemDeletion | None:
    """Note that the item is to be deleted; None when there is none any more."""
    item = session.get(Item, asked.item_id, with_for_update=True)
    if item is None:
        return None
    row = session.get(Deletion, asked.item_id)
    known = _of(row) if row else None
    deletion = known if known and known.state == "pending" else asked
    deletion = deletion.model_copy(update={"attempts": deletion.attempts + 1})
    session.merge(
        Deletion(
            item_id=item.id,
            tenant_id=item.tenant_id,
            sequencer=item.sequencer,
            receipt=deletion.model_dump(mode="json"),
        )
    )
    return deletion


def noted(session: Session, deletion: ItemDeletion) -> None:
    """Write how far a deletion is."""
    row = session.get_one(Deletion, deletion.item_id, with_for_update=True)
    row.receipt = deletion.model_dump(mode="json")


def finished(session: Session, deletion: ItemDeletion, now: dt.datetime) -> bool:
    """Remove all rows of the item and write the receipt, unless it has other content since."""
    row = session.get_one(Deletion, deletion.item_id, with_for_update=True)
    item = session.get(Item, deletion.item_id, with_for_update=True)
    if item is not None and item.sequencer != row.sequencer:
        return False
    before = _count(session, deletion.item_id)
    session.execute(delete(Item).where(Item.id == deletion.item_id))
    after = _count(session, deletion.item_id)
    for table, count in before.items():
        deletion.add(table, Counts(before=count, after=after[table]))
    row.receipt = deletion.done(now.isoformat(timespec="milliseconds")).model_dump(mode="json")
    return True


def found(session: Session, item_id: UUID) -> ItemDeletion | None:
    """Return the item's last deletion."""
    row = session.get(Deletion, item_id)
    return _of(row) if row else None


def _of(row: Deletion) -> ItemDeletion:
    return ItemDeletion.model_validate(row.receipt)


def _count(session: Session, item_id: UUID) -> dict[str, int]:
    return {
        table: session.execute(select(func.count()).where(column == item_id)).scalar_one()
        for table, column in _TABLES.items()
    }
