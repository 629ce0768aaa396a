"""Gallery as one tenant's client uses it: over HTTP, and to S3 with the form it was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
from PIL import Image, ImageDraw

from tests.end_to_end.knowledge import wait_for

CONTENT_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


def drawing(colour: str, size: tuple[int, int] = (120, 80), kind: str = "PNG") -> bytes:
    """Draw a bar of one colour, without any text, and return the file."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((10, 10, size[0] - 10, size[1] - 10), fill=colour)
    content = BytesIO()
    image.save(content, kind)
    return content.getvalue()


@dataclass(frozen=True)
class Pictures:
    """The API with one token; `tenant` is whose it is."""

    url: str
    token: str
    tenant: str

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        """Send a request below /gallery."""
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.url}/gallery{path}"
        return httpx.request(method, url, headers=headers, timeout=35, **options)

    def json(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401
        """Send a request that must succeed and return its answer."""
        response = self.request(method, path, **options)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else None

    def form(self, filename: str, content: bytes) -> dict[str, Any]:
        """Ask for a form that uploads this content."""
        wanted = {
            "filename": filename,
            "content_type": CONTENT_TYPES[filename.rpartition(".")[2].lower()],
            "size_bytes": len(content),
        }
        return self.json("POST", "/items", json=wanted)

    def upload(self, filename: str, content: bytes) -> str:
        """Upload straight to the bucket; returns the item's id."""
        form = self.form(filename, content)
        stored = send(form, content)
        assert stored.is_success, stored.text
        return form["item_id"]

    def item(self, item_id: str) -> dict[str, Any]:
        return self.json("GET", f"/items/{item_id}")

    def items(self) -> list[dict[str, Any]]:
        """List all items, page by page."""
        found: list[dict[str, Any]] = []
        query: dict[str, str] = {"limit": "100"}
        while True:
            page = self.json("GET", "/items", params=query)
            found += page["items"]
            if page.get("next_cursor") is None:
                return found
            query["cursor"] = page["next_cursor"]

    def finished(self, item_id: str, *, version: int = 1) -> dict[str, Any]:
        """Wait until an item is ready with this version of its analysis, or has failed."""

        def end() -> dict[str, Any] | None:
            if item_id not in {each["item_id"] for each in self.items()}:
                return None
            item = self.item(item_id)
            analyzed = (item.get("analysis") or {}).get("version", 0) >= version
            return item if item["status"] == "failed" or _ready(item, analyzed) else None

        return wait_for(end, f"end of {item_id}")

    def ready(self, filename: str, content: bytes, *, version: int = 1) -> str:
        """Upload and wait until it can be found; returns the item's id."""
        item = self.finished(self.upload(filename, content), version=version)
        assert item["status"] == "ready", item.get("reason")
        return item["item_id"]

    def found(self, question: str) -> list[dict[str, Any]]:
        """Search, and return the results, the best first."""
        return self.json("GET", "/search", params={"q": question})["results"]


def send(form: Mapping[str, Any], content: bytes, **changed: str) -> httpx.Response:
    """Send a form to S3, with some of its fields changed."""
    return httpx.post(
        form["url"], data={**form["fields"], **changed}, files={"file": ("file", content)}
    )


def names(items: Sequence[Mapping[str, Any]]) -> list[str]:
    return [item["filename"] for item in items]


def _ready(item: Mapping[str, Any], analyzed: bool) -> bool:  # noqa: FBT001  private
    return item["status"] == "ready" and analyzed
