"""The Knowledge API, as any HTTP client uses it: a token, JSON, and a form for the file itself."""

import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel

from demo.story import StoryError

# Python's own table depends on the machine: a bare Debian does not know .docx.
CONTENT_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
}

# API Gateway gives an integration 29 s; an answer later than that does not come.
_TIMEOUT_SECONDS = 35

# The first question may find every function cold and be given up; the second finds them warm.
_ASK_AGAIN = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}


class Document(BaseModel):
    """A document as the API tells of it; `version` is the SHA-256 of its bytes in hex."""

    document_id: str
    filename: str | None = None
    status: str
    reason: str | None = None
    version: str | None = None
    live_version: str | None = None
    chunk_count: int | None = None
    pages: int | None = None

    def holds(self, file: Path) -> bool:
        """Whether these very bytes are processed and can be asked about."""
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        return self.status == "ready" and self.live_version == self.version == content


class Citation(BaseModel):
    """A passage that an answer rests on."""

    document_id: str
    filename: str
    page: int | None = None
    headings: list[str]
    quote: str


class Answer(BaseModel):
    """An answer with its citations."""

    answer: str
    citations: list[Citation]
    session_id: str
    provider: str
    model: str
    degraded: bool
    degraded_reason: str | None = None


class ApiError(StoryError):
    """The API refused; carries the problem document's words and its correlation id."""


class _Form(BaseModel):
    document_id: str
    url: str
    fields: dict[str, str]


class _Page(BaseModel):
    items: list[Document]
    next_cursor: str | None = None


_Model = TypeVar("_Model", bound=BaseModel)


class KnowledgeClient:
    """A client of one tenant; use it in a `with` block."""

    def __init__(self, api_url: str, token: str) -> None:
        self._api = httpx.Client(
            base_url=api_url.rstrip("/"),
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUT_SECONDS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._api.close()

    def documents(self) -> list[Document]:
        """List all documents of the tenant, page by page."""
        found: list[Document] = []
        cursor: str | None = None
        while True:
            query = {"limit": "50"} | ({"cursor": cursor} if cursor else {})
            page = _read(_Page, self._api.get("/crud", params=query))
            found += page.items
            cursor = page.next_cursor
            if cursor is None:
                return found

    def upload(self, file: Path) -> str:
        """Upload a file straight to the bucket and return its document id."""
        content = file.read_bytes()
        wanted = {
            "filename": file.name,
            "content_type": CONTENT_TYPES[file.suffix],
            "size_bytes": len(content),
        }
        form = _read(_Form, self._api.post("/upload", json=wanted))
        # To S3 itself, with the form's own signature instead of our token.
        stored = httpx.post(
            form.url,
            data=form.fields,
            files={"file": (file.name, content, CONTENT_TYPES[file.suffix])},
            timeout=_TIMEOUT_SECONDS,
        )
        if stored.is_error:
            raise ApiError(f"S3 refused {file.name} ({stored.status_code}): {stored.text}")
        return form.document_id

    def document(self, document_id: str) -> Document:
        """Tell how far a document is."""
        return _read(Document, self._api.get(f"/upload/{document_id}"))

    def ask(self, question: str) -> Answer:
        """Ask a question about the tenant's documents."""
        answer = self._api.post("/chat", json={"question": question})
        if answer.status_code in _ASK_AGAIN:
            answer = self._api.post("/chat", json={"question": question})
        return _read(Answer, answer)


def _read(model: type[_Model], response: httpx.Response) -> _Model:
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        request = response.request
        raise ApiError(
            f"{request.method} {request.url.path} answered {response.status_code}: {response.text}"
        )
    return model.model_validate_json(response.content)
