"""Knowledge as one tenant's client uses it: over HTTP, and to S3 with the form it was given."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_SECONDS = 300
"""The first document loads the conversion's models, on cores that other tests use too."""

Found = TypeVar("Found")


def wait_for(
    found: Callable[[], Found | None], what: str, seconds: float = LONGEST_SECONDS
) -> Found:
    """Ask again and again until there is something, and fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (result := found()) is not None:
            return result
        time.sleep(0.1)
    raise AssertionError(f"after {seconds} s: no {what}")


def digest(content: bytes) -> str:
    """Return what the API calls the version of this content."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Knowledge:
    """The API with one token; `tenant` is whose it is."""

    url: str
    token: str
    tenant: str

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        """Send a request; a header that is given takes the place of the client's own."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        given = {name: value for name, value in headers.items() if value is not None}
        return httpx.request(method, self.url + path, headers=given, timeout=35, **options)

    def json(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401
        """Send a request that must succeed and return its answer."""
        response = self.request(method, path, **options)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else None

    def form(self, filename: str, content: bytes, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
        """Begin an upload."""
        wanted = {
            "filename": filename,
            "content_type": CONTENT_TYPES[filename.rpartition(".")[2]],
            "size_bytes": len(content),
            **fields,
        }
        return self.json("POST", "/upload", json=wanted)

    def upload(self, filename: str, content: bytes, **fields: Any) -> str:  # noqa: ANN401
        """Upload a file; its processing goes on after this."""
        form = self.form(filename, content, **fields)
        sent = send(form, content)
        assert sent.status_code == 204, sent.text
        return form["document_id"]

    def settled(self, document_id: str) -> dict[str, Any]:
        """Wait until the document is ready or has failed."""

        def status() -> dict[str, Any] | None:
            found = self.json("GET", f"/upload/{document_id}")
            return found if found["status"] in {"ready", "failed"} else None

        return wait_for(status, f"end to the processing of {document_id}")

    def add(self, filename: str, content: bytes) -> str:
        """Upload a file, wait until it is ready, and return its id."""
        document_id = self.upload(filename, content)
        found = self.settled(document_id)
        assert (found["status"], found.get("live_version")) == ("ready", digest(content)), found
        return document_id

    def ask(self, question: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
        """Ask; a second time if the first found the functions cold and was given up."""
        body = {"question": question, **fields}
        answer = self.request("POST", "/chat", json=body)
        if answer.status_code in {503, 504}:
            answer = self.request("POST", "/chat", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()


def send(form: dict[str, Any], content: bytes) -> httpx.Response:
    """Send a file as an upload form says."""
    return httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=35)


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """Return the problem document that a response must be, as RFC 9457 has it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["correlation_id"]
    return document
