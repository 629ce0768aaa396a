"""The Knowledge API, as any HTTP client uses it."""

import hashlib
from pathlib import Path
from typing import Self

from pydantic import BaseModel

from demo.api import Api, Form

# Python's own table depends on the machine: a bare Debian does not know .docx.
CONTENT_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
}


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


class _Form(Form):
    document_id: str


class _Page(BaseModel):
    items: list[Document]
    next_cursor: str | None = None


class KnowledgeClient:
    """A client of one tenant; use it in a `with` block."""

    def __init__(self, api_url: str, token: str) -> None:
        self._api = Api(api_url, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._api.__exit__()

    def documents(self) -> list[Document]:
        """List all documents of the tenant, page by page."""
        found: list[Document] = []
        cursor: str | None = None
        while True:
            query = {"limit": "50"} | ({"cursor": cursor} if cursor else {})
            page = self._api.get(_Page, "/crud", query)
            found += page.items
            cursor = page.next_cursor
            if cursor is None:
                return found

    def upload(self, file: Path) -> str:
        """Upload a file straight to the bucket and return its document id."""
        content_type = CONTENT_TYPES[file.suffix]
        wanted = {
            "filename": file.name,
            "content_type": content_type,
            "size_bytes": file.stat().st_size,
        }
        form = self._api.post(_Form, "/upload", wanted)
        form.send(file, content_type)
        return form.document_id

    def document(self, document_id: str) -> Document:
        """Tell how far a document is."""
        return self._api.get(Document, f"/upload/{document_id}")

    def ask(self, question: str) -> Answer:
        """Ask a question about the tenant's documents."""
        return self._api.post(Answer, "/chat", {"question": question}, ask_again=True)
