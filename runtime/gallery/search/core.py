"""What a user can do with the images of the tenant."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from uuid import UUID, uuid4

from runtime.gallery.search.item_deletion import ItemDeletion
from runtime.gallery.search.ranking import Rank
from runtime.gallery.search.requests import (
    CONTENT_TYPES,
    Cursor,
    PageQuery,
    SearchQuery,
    UploadRequest,
    decoded,
)
from runtime.gallery.search.views import (
    FoundItem,
    ItemPage,
    ItemView,
    ReanalysisView,
    SearchAnswer,
    UploadForm,
    analysis_view,
    shown_status,
)
from runtime.gallery.shared.embedding import Embedder
from runtime.gallery.shared.events import ImageProcessed, Publisher
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Analysis, Item
from runtime.shared.deletions import Counts
from runtime.shared.errors import NotConfiguredError, UnavailableError
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, not_found, wrong_field

WITHOUT_MEANING = "The embedding service is not available: found by words alone."


@dataclass(frozen=True)
class Row:
    """An item and its latest analysis."""

    item: Item
    analysis: Analysis | None


class Items(Protocol):
    """The rows of one tenant."""

    def search(
        self, tenant: str, question: str, vector: list[float] | None, limit: int
    ) -> list[tuple[Rank, Row]]:
        """Return the best items for a question, the best first."""
        ...

    def page(self, tenant: str, limit: int, after: Cursor | None) -> list[Row]:
        """Return up to `limit` items after the cursor, the newest first."""
        ...

    def find(self, tenant: str, item_id: UUID) -> Row | None:
        """Return one item."""
        ...

    def await_analysis(self, tenant: str, item_id: UUID) -> Item | None:
        """Give an item with a thumbnail the status `analyzing`; return it as it is then."""
        ...

    def announce(self, tenant: str, asked: ItemDeletion) -> ItemDeletion | None:
        """Note that the item is to be deleted; None when there is none any more.

        A deletion that is pending goes on, with its counts.
        """
        ...

    def note(self, tenant: str, deletion: ItemDeletion) -> None:
        """Write how far a deletion is."""
        ...

    def delete(self, tenant: str, deletion: ItemDeletion, now: dt.datetime) -> bool:
        """Remove the item with all analyses and vectors, and write the receipt.

        False when the item has other content since the deletion was announced: it stays.
        """
        ...

    def deletion(self, tenant: str, item_id: UUID) -> ItemDeletion | None:
        """Return the item's last deletion."""
        ...


class Storage(Protocol):
    """The objects in the bucket."""

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        ...

    def url(self, key: str, content_type: str | None) -> str:
        """Return a signed URL that shows the object as this type and expires."""
        ...

    def form(self, key: str, content_type: str, size_bytes: int) -> tuple[str, dict[str, str], int]:
        """Return URL, fields and seconds of a form that uploads this object and no other."""
        ...

    def remove(self, key: str) -> Counts:
        """Remove an object with all its versions; a missing one is no error."""
        ...


class Gallery:
    """The operations behind the routes; everything stays within the caller's tenant."""

    def __init__(
        self,
        items: Items,
        storage: Storage,
        embedder: Embedder,
        bus: Publisher,
        *,
        max_image_bytes: int,
        now: Callable[[], dt.datetime],
    ) -> None:
        """Refuse uploads of more than `max_image_bytes`; `now` has a zone."""
        self._items, self._storage = items, storage
        self._embedder, self._bus = embedder, bus
        self._max_image_bytes, self._now = max_image_bytes, now

    def search(self, caller: Caller, query: SearchQuery) -> SearchAnswer:
        """Find by meaning and by words; by words alone while nothing can embed the question."""
        if not query.q:
            raise wrong_field("q", "must not be blank")
        reason = None
        try:
            vector = self._embedder.embed(query.q, "query").vector
        except (UnavailableError, NotConfiguredError):
            vector, reason = None, WITHOUT_MEANING
        found = self._items.search(caller.tenant, query.q, vector, query.limit)
        results = [
            FoundItem(
                **self._view(row).model_dump(),
                score=round(rank.score, 6),
                semantic_rank=rank.semantic_rank,
                text_rank=rank.text_rank,
            )
            for rank, row in found
        ]
        return SearchAnswer(results=results, degraded=reason is not None, degraded_reason=reason)

    def page(self, caller: Caller, query: PageQuery) -> ItemPage:
        """List the tenant's items, the newest first."""
        after = decoded(query.cursor) if query.cursor else None
        rows = self._items.page(caller.tenant, query.limit + 1, after)
        shown = rows[: query.limit]
        cursor = None
        if len(rows) > query.limit:
            last = shown[-1].item
            cursor = Cursor(created_at=last.created_at, item_id=last.id).encoded()
        return ItemPage(items=[self._view(row) for row in shown], next_cursor=cursor)

    def item(self, caller: Caller, item_id: UUID) -> ItemView:
        """Show one item, with a URL of the original too."""
        row = self._row(caller, item_id)
        original = self._storage.url(row.item.file_path, row.item.mime_type)
        return self._view(row).model_copy(update={"original_url": original})

    def begin_upload(self, caller: Caller, request: UploadRequest) -> UploadForm:
        """Prepare an upload for the caller; the item appears once the image arrived."""
        expected = CONTENT_TYPES[request.filename.rpartition(".")[2]]
        if request.content_type != expected:
            raise wrong_field("content_type", f"must be {expected} for this file name")
        if request.size_bytes > self._max_image_bytes:
            raise wrong_field("size_bytes", f"must be at most {self._max_image_bytes}")
        key = ItemKey(caller.tenant, caller.subject, request.filename)
        form = self._storage.form(key.original, expected, request.size_bytes)
        url, fields, seconds = form
        return UploadForm(
            item_id=key.item_id,
            url=url,
            fields=fields,
            expires_in_seconds=seconds,
            max_size_bytes=request.size_bytes,
        )

    def reanalyze(self, caller: Caller, item_id: UUID) -> ReanalysisView:
        """Ask for a further analysis; it becomes the item's next version."""
        row = self._row(caller, item_id)
        if row.item.thumbnail_path is None:
            raise ProblemError(HTTPStatus.CONFLICT, "The item has no image that can be analyzed.")
        item = self._items.await_analysis(caller.tenant, item_id)
        if item is None or item.thumbnail_path is None:
            raise not_found("item")
        request_id = f"reanalyze:{uuid4()}"
        self._bus.publish(
            ImageProcessed(
                item_id=item.id,
                tenant_id=item.tenant_id,
                user_id=item.user_id,
                bucket=self._storage.bucket,
                original_key=item.file_path,
                thumbnail_key=item.thumbnail_path,
                revision=item.revision,
                request_id=request_id,
            )
        )
        return ReanalysisView(item_id=item.id, request_id=request_id)

    def delete(self, caller: Caller, item_id: UUID) -> None:
        """Remove an item: its objects first, so that a failure leaves a row to try again with.

        How far that came is in its receipt, which outlives it.
        """
        item = self._row(caller, item_id).item
        key = ItemKey(item.tenant_id, item.user_id, item.filename)
        moment = self._now().isoformat(timespec="milliseconds")
        asked = ItemDeletion(item_id=item_id, requested_at=moment, requested_by=caller.subject)
        deletion = self._items.announce(caller.tenant, asked)
        if deletion is None:
            raise not_found("item")
        for store, place in (("original", key.original), ("thumbnail", key.thumbnail)):
            deletion.add(store, self._storage.remove(place))
            self._items.note(caller.tenant, deletion)
        if not self._items.delete(caller.tenant, deletion, self._now()):
            detail = "The image was replaced meanwhile. Delete it again to remove the new one too."
            raise ProblemError(HTTPStatus.CONFLICT, detail)

    def deletion(self, caller: Caller, item_id: UUID) -> ItemDeletion:
        """Return how far an item's deletion is, or its receipt."""
        found = self._items.deletion(caller.tenant, item_id)
        if found is None:
            raise not_found("deletion")
        return found

    def _row(self, caller: Caller, item_id: UUID) -> Row:
        row = self._items.find(caller.tenant, item_id)
        if row is None:
            raise not_found("item")
        return row

    def _view(self, row: Row) -> ItemView:
        item, thumbnail = row.item, row.item.thumbnail_path
        status, reason = shown_status(item, self._now())
        return ItemView(
            item_id=item.id,
            user_id=item.user_id,
            filename=item.filename,
            mime_type=item.mime_type,
            size_bytes=item.size_bytes,
            width=item.width,
            height=item.height,
            status=status,
            reason=reason,
            created_at=item.created_at,
            updated_at=item.updated_at,
            analysis=analysis_view(row.analysis) if row.analysis else None,
            thumbnail_url=self._storage.url(thumbnail, item.mime_type) if thumbnail else None,
        )
