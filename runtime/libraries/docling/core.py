"""A document in, its text and structure out."""

from docling_core.types.doc.document import DoclingDocument
from docling_core.types.doc.items.text import SectionHeaderItem, TitleItem

from runtime.libraries.docling import limits
from runtime.libraries.docling.chunking import passages
from runtime.libraries.docling.conversion import convert
from runtime.libraries.docling.formats import MAX_DOCUMENT_BYTES, format_of
from runtime.libraries.docling.keywords import keywords
from runtime.shared.contracts.docling import Chunk, ConvertAnswer, ConvertRequest
from runtime.shared.signed_urls import Transfer, returned


def convert_document(request: ConvertRequest, urls: Transfer) -> ConvertAnswer:
    """Convert a document to Markdown and chunks; a document without text has no chunks.

    Raises RejectedError with code `empty_file`, `corrupt`, `unsupported_type`,
    `password_protected` or `too_large`; of the URLs, what `SignedUrls` raises.
    """
    content = urls.read(request.source_url, MAX_DOCUMENT_BYTES)
    kind = format_of(content, request.filename)
    limits.check(content, kind)
    document = convert(content, kind, request.filename)
    chunks = chunks_of(document)
    return ConvertAnswer(
        title=title_of(document),
        pages=len(document.pages) or None,
        markdown=returned(document.export_to_markdown(), request.markdown_url, urls),
        chunks=returned([chunk.model_dump() for chunk in chunks], request.chunks_url, urls),
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
