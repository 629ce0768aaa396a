"""A document in, its text and structure out."""

from typing import Protocol

from docling_core.types.doc.document import DoclingDocument
from docling_core.types.doc.items.text import SectionHeaderItem, TitleItem
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from runtime.libraries.docling.chunking import passages
from runtime.libraries.docling.conversion import convert
from runtime.libraries.docling.formats import format_of
from runtime.libraries.docling.keywords import keywords
from runtime.shared.payload import Destination, ObjectStore, Payload, pack


class Source(BaseModel):
    """The object to convert; without `version_id`, its newest version."""

    model_config = ConfigDict(extra="forbid")

    bucket: str = Field(min_length=1)
    key: str = Field(min_length=1)
    version_id: str | None = None


class Request(BaseModel):
    """What to convert, under which name, and where to leave what is too large for a message."""

    model_config = ConfigDict(extra="forbid")

    source: Source
    filename: str = Field(min_length=1, max_length=1024)
    output: Destination


class Chunk(BaseModel):
    """A passage of the document and what it mentions."""

    index: int
    text: str
    """The passage itself, without headings; a table as Markdown."""
    headings: list[str]
    """Those above it, outermost first."""
    page: int | None
    """The first it stands on, from 1; None where the format has no pages."""
    keywords: list[str]
    """Key phrases it mentions, best first, in lower case and singular."""


class Response(BaseModel):
    """The document. `markdown` carries a str, `chunks` a list of Chunk."""

    title: str | None
    pages: int | None
    markdown: Payload
    chunks: Payload
    chunk_count: int


class Documents(ObjectStore, Protocol):
    """An object store that keeps versions."""

    def read(self, bucket: str, key: str, version_id: str | None = None) -> bytes:
        """Return the object's content."""
        ...


REQUEST = TypeAdapter(Request)


def convert_document(request: Request, store: Documents) -> Response:
    """Convert a document to Markdown and chunks; a document without text has no chunks.

    Raises RejectedError with code `empty_file`, `corrupt`, `unsupported_type`,
    `password_protected` or `too_large`.
    """
    source = request.source
    content = store.read(source.bucket, source.key, source.version_id)
    document = convert(content, format_of(content, request.filename), request.filename)
    chunks = chunks_of(document)
    return Response(
        title=title_of(document),
        pages=len(document.pages) or None,
        markdown=pack(document.export_to_markdown(), "markdown", request.output, store),
        chunks=pack([chunk.model_dump() for chunk in chunks], "chunks", request.output, store),
        chunk_count=len(chunks),
    )


def chunks_of(document: DoclingDocument) -> list[Chunk]:
    """Return the document's passages in order, with the key phrases that each mentions."""
    found = passages(document)
    # The headings further out stand above many passages and tell none of them apart.
    phrases = keywords(["\n\n".join([*passage.headings[-1:], passage.text]) for passage in found])
    return [
        Chunk(
            index=index,
            text=passage.text,
            headings=passage.headings,
            page=passage.page,
            keywords=mentioned,
        )
        for index, (passage, mentioned) in enumerate(zip(found, phrases, strict=True))
    ]


def title_of(document: DoclingDocument) -> str | None:
    """Return the document's title, else its first heading."""
    headings = [item for item in document.texts if isinstance(item, TitleItem | SectionHeaderItem)]
    titles = [item for item in headings if isinstance(item, TitleItem)]
    return next((item.text.strip() for item in [*titles, *headings] if item.text.strip()), None)
