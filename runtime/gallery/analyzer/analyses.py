"""The rows of analyses, in PostgreSQL."""

import datetime as dt
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from runtime.gallery.analyzer.core import NewAnalysis, Waiting
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.events import ImageProcessed
from runtime.gallery.shared.models import Analysis, Item


class AnalysisRows:
    """Implements `core.Analyses`."""

    def __init__(self, database: Database) -> None:
        """Each method is one transaction in the name of the item's tenant."""
        self._database = database

    def begin(self, event: ImageProcessed) -> Waiting | UUID | None:
        """Return what to analyze, the analysis that is there already, or None if out of date."""
        with self._database.transaction(event.tenant_id) as session:
            item = session.get(Item, event.item_id)
            if item is None or item.revision != event.revision:
                return None
            return _known(session, event) or Waiting(item.filename, item.etag)

    def store(self, event: ImageProcessed, analysis: NewAnalysis) -> UUID | None:
        """Store under the next version; None when the item is gone or has newer content.

        The lock on the item's row puts concurrent analyses of one item in a row, so that each
        gets its own version.
        """
        with self._database.transaction(event.tenant_id) as session:
            item = session.get(Item, event.item_id, with_for_update=True)
            if item is None or item.revision != event.revision:
                return None
            if known := _known(session, event):
                return known
            latest = select(func.max(Analysis.version)).where(Analysis.item_id == item.id)
            row = Analysis(
                tenant_id=item.tenant_id,
                item_id=item.id,
                user_id=item.user_id,
                version=(session.scalar(latest) or 0) + 1,
                request_id=event.request_id,
                category=analysis.looked.answer.category,
                summary=analysis.looked.answer.summary,
                raw_response=analysis.raw_response,
                provider_used=analysis.looked.provider,
                model_used=analysis.looked.model,
                trace_id=analysis.trace_id,
            )
            session.add(row)
            item.status, item.reason, item.abandoned_after = "embedding", None, None
            session.flush()
            return row.id

    def expect_end(self, event: ImageProcessed, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        self._change(event, abandoned_after=until)

    def fail(self, event: ImageProcessed, reason: str) -> None:
        """Note the failure, unless the item has newer content."""
        self._change(event, status="failed", reason=reason, abandoned_after=None)

    def _change(self, event: ImageProcessed, **values: str | dt.datetime | None) -> None:
        with self._database.transaction(event.tenant_id) as session:
            if _known(session, event) is None:
                this = (Item.id == event.item_id, Item.revision == event.revision)
                session.execute(update(Item).where(*this).values(**values))


def _known(session: Session, event: ImageProcessed) -> UUID | None:
    """Return the analysis that this request led to before."""
    return session.scalar(
        select(Analysis.id).where(
            Analysis.item_id == event.item_id, Analysis.request_id == event.request_id
        )
    )
