"""What the API says about items."""

import datetime as dt
from typing import Any
from uuid import UUID

from runtime.gallery.shared.models import Analysis, Item
from runtime.shared.shape import Shape

ABANDONED = "Processing stopped before it was finished. Please upload the image again."
AT_WORK = ("received", "analyzing", "embedding")


class AnalysisView(Shape):
    """The latest analysis of an item."""

    analysis_id: UUID
    version: int
    category: str
    summary: str
    tags: list[str]
    visible_text: str
    provider_used: str
    model_used: str
    trace_id: str
    created_at: dt.datetime


class ItemView(Shape):
    """An item; URLs are signed and expire."""

    item_id: UUID
    user_id: str
    filename: str
    mime_type: str | None
    size_bytes: int
    width: int | None
    height: int | None
    status: str
    reason: str | None
    created_at: dt.datetime
    updated_at: dt.datetime
    analysis: AnalysisView | None
    thumbnail_url: str | None
    original_url: str | None = None


class ItemPage(Shape):
    """Items, the newest first."""

    items: list[ItemView]
    next_cursor: str | None
    """Give it as `cursor` for the next page; None on the last."""


class FoundItem(ItemView):
    """An item and why it was found."""

    score: float
    """Reciprocal rank fusion: higher is better, comparable within one answer only."""
    semantic_rank: int | None
    """Place by meaning, from 1; None if it is not among the nearest."""
    text_rank: int | None
    """Place by words, from 1; None if no word of the question is in it."""


class SearchAnswer(Shape):
    """The best items for a question."""

    results: list[FoundItem]
    degraded: bool
    degraded_reason: str | None = None


class UploadForm(Shape):
    """Where and how to send the image: an HTML form's fields, then the file as `file`."""

    item_id: UUID
    url: str
    fields: dict[str, str]
    expires_in_seconds: int
    max_size_bytes: int


class ReanalysisView(Shape):
    """A new analysis was asked for."""

    item_id: UUID
    request_id: str


def analysis_view(analysis: Analysis) -> AnalysisView:
    """Return an analysis as the API shows it."""
    answer: dict[str, Any] = analysis.raw_response
    return AnalysisView(
        analysis_id=analysis.id,
        version=analysis.version,
        category=analysis.category,
        summary=analysis.summary,
        tags=answer.get("tags", []),
        visible_text=answer.get("visible_text", ""),
        provider_used=analysis.provider_used,
        model_used=analysis.model_used,
        trace_id=analysis.trace_id,
        created_at=analysis.created_at,
    )


def shown_status(item: Item, now: dt.datetime) -> tuple[str, str | None]:
    """Return status and reason as a reader should see them at `now`.

    A function that is killed cannot write its own failure: an item whose last attempt must have
    ended by now has failed.
    """
    abandoned = item.abandoned_after is not None and item.abandoned_after < now
    if item.status in AT_WORK and abandoned:
        return "failed", ABANDONED
    return item.status, item.reason
