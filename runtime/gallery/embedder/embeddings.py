"""The rows of embeddings, in PostgreSQL."""

import datetime as dt
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from runtime.gallery.embedder.core import Source
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.embedding import Embedded
from runtime.gallery.shared.events import AnalysisComplete
from runtime.gallery.shared.models import Analysis, Embedding, Item


class EmbeddingRows:
    """Implements `core.Embeddings`."""

    def __init__(self, database: Database) -> None:
        """Each method is one transaction in the name of the item's tenant."""
        self._database = database

    def begin(self, event: AnalysisComplete) -> dict[str, Any] | None:
        """Return the fields of the analysis; None when it is embedded, superseded or gone."""
        with self._database.transaction(event.tenant_id) as session:
            analysis = _waiting(session, event)
            if analysis is None:
                return None
            return {
                "category": analysis.category,
                "summary": analysis.summary,
                "tags": analysis.raw_response.get("tags", []),
                "visible_text": analysis.raw_response.get("visible_text", ""),
            }

    def store(self, event: AnalysisComplete, source: Source, embedded: Embedded) -> None:
        """Store in place of the vectors of earlier analyses; the item is ready then."""
        with self._database.transaction(event.tenant_id) as session:
            # The lock makes two deliveries of one event wait for each other.
            item = session.get(Item, event.item_id, with_for_update=True)
            analysis = _waiting(session, event)
            if item is None or analysis is None:
                return
            session.execute(delete(Embedding).where(Embedding.item_id == item.id))
            session.add(
                Embedding(
                    tenant_id=item.tenant_id,
                    item_id=item.id,
                    analysis_id=analysis.id,
                    user_id=item.user_id,
                    vector=embedded.vector,
                    embedding_model=embedded.model,
                    embedding_dimensions=len(embedded.vector),
                    embedding_source=source.model_dump(),
                )
            )
            # `received` and `analyzing` tell of newer work, which will end with its own vector.
            if item.status in {"embedding", "failed"}:
                item.status, item.reason, item.abandoned_after = "ready", None, None

    def expect_end(self, event: AnalysisComplete, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        self._change(event, abandoned_after=until)

    def fail(self, event: AnalysisComplete, reason: str) -> None:
        """Note the failure, unless the analysis is superseded or embedded."""
        self._change(event, status="failed", reason=reason, abandoned_after=None)

    def _change(self, event: AnalysisComplete, **values: str | dt.datetime | None) -> None:
        with self._database.transaction(event.tenant_id) as session:
            if _waiting(session, event):
                this = (Item.id == event.item_id, Item.status.in_(["embedding", "failed"]))
                session.execute(update(Item).where(*this).values(**values))


def _waiting(session: Session, event: AnalysisComplete) -> Analysis | None:
    """Return the analysis if it is the item's latest and has no vector."""
    later = aliased(Analysis)
    return session.scalar(
        select(Analysis).where(
            Analysis.id == event.analysis_id,
            Analysis.item_id == event.item_id,
            ~exists().where(later.item_id == Analysis.item_id, later.version > Analysis.version),
            ~exists().where(Embedding.analysis_id == Analysis.id),
        )
    )
