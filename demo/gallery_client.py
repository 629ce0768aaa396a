"""The Gallery API, as any HTTP client uses it."""

from datetime import datetime
from pathlib import Path
from typing import Self

import httpx
from pydantic import BaseModel

from demo.api import Api, Form

CONTENT_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


class Analysis(BaseModel):
    """What was seen in an image; `version` rises with every analysis of it."""

    version: int
    category: str
    summary: str
    tags: list[str]
    visible_text: str
    provider_used: str
    model_used: str


class Item(BaseModel):
    """An image as the API tells of it; its signed URLs expire."""

    item_id: str
    filename: str
    size_bytes: int
    status: str
    reason: str | None = None
    updated_at: datetime
    analysis: Analysis | None = None
    thumbnail_url: str | None = None
    original_url: str | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more is going to happen to it by itself."""
        return self.status in {"ready", "failed"}


class Found(Item):
    """An image that was found, and where it stood by meaning and by words, from 1."""

    score: float
    semantic_rank: int | None = None
    text_rank: int | None = None


class Results(BaseModel):
    """What a search found, the best first."""

    results: list[Found]
    degraded: bool
    degraded_reason: str | None = None


class _Form(Form):
    item_id: str


class _Page(BaseModel):
    items: list[Item]
    next_cursor: str | None = None


class GalleryClient:
    """A client of one tenant; use it in a `with` block."""

    def __init__(self, api_url: str, token: str) -> None:
        self._api = Api(api_url, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._api.__exit__()

    def items(self) -> list[Item]:
        """List all images of the tenant, page by page, the newest first."""
        found: list[Item] = []
        cursor: str | None = None
        while True:
            query = {"limit": "100"} | ({"cursor": cursor} if cursor else {})
            page = self._api.get(_Page, "/gallery/items", query)
            found += page.items
            cursor = page.next_cursor
            if cursor is None:
                return found

    def holds(self, item: Item, file: Path) -> bool:
        """Whether these very bytes were processed.

        The bytes themselves are compared: with a customer's key, S3's ETag is no digest of them.
        """
        if not item.finished or item.size_bytes != file.stat().st_size:
            return False
        shown = self._api.get(Item, f"/gallery/items/{item.item_id}")
        if shown.original_url is None:
            return False
        original = httpx.get(shown.original_url)
        return original.is_success and original.content == file.read_bytes()

    def upload(self, file: Path) -> str:
        """Upload an image straight to the bucket and return its item id."""
        content_type = CONTENT_TYPES[file.suffix]
        wanted = {
            "filename": file.name,
            "content_type": content_type,
            "size_bytes": file.stat().st_size,
        }
        form = self._api.post(_Form, "/gallery/items", wanted)
        form.send(file, content_type)
        return form.item_id

    def search(self, question: str) -> Results:
        """Find images by what they show."""
        return self._api.get(Results, "/gallery/search", {"q": question, "limit": "3"})
