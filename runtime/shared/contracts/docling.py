"""docling: a document -> its Markdown, and passages with headings, page and key phrases."""

from pydantic import Field, TypeAdapter

from runtime.shared.contracts.content import Result, SignedUrl
from runtime.shared.contracts.message import Answer, Request
from runtime.shared.shape import QUIET, Shape


class ConvertRequest(Request):
    """What to convert, under which name, and where to leave what is too large for a message."""

    source_url: SignedUrl
    """Signed for GET of the file, and of the version that is meant."""
    filename: str = Field(min_length=1, max_length=1024)
    """Tells text formats apart, which look alike."""
    markdown_url: SignedUrl
    """Signed for PUT."""
    chunks_url: SignedUrl
    """Signed for PUT."""


class Chunk(Shape):
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


class ConvertAnswer(Answer):
    """The document; no chunks means that it has no text."""

    title: str | None
    pages: int | None
    """How many; None where the format has none."""
    markdown: Result
    """A str; decode with `MARKDOWN`."""
    chunks: Result
    """A list of Chunk, in reading order; decode with `CHUNKS`."""
    chunk_count: int = Field(ge=0)


REQUEST = TypeAdapter(ConvertRequest)
MARKDOWN = TypeAdapter(str, config=QUIET)
CHUNKS = TypeAdapter(list[Chunk], config=QUIET)
