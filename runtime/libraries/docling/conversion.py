"""Documents through docling's own pipelines, entirely offline and in memory.

docling's `DocumentConverter` imports torch and the parsers of 30 formats. The pipelines it would
choose are public too and need no torch; a format's parser is imported when it is first met.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import cast

from docling.backend.abstract_backend import AbstractDocumentBackend
from docling.datamodel.base_models import ConversionStatus, InputFormat
from docling.datamodel.document import InputDocument
from docling.pipeline.base_pipeline import BasePipeline
from docling_core.types.doc.document import DoclingDocument
from docling_core.types.doc.labels import DocItemLabel

from runtime.libraries.docling.formats import Format, decoded
from runtime.libraries.docling.furniture import keep_single_margins
from runtime.libraries.docling.office_links import without_dangling_links
from runtime.libraries.docling.table_notes import notes_as_text
from runtime.shared.errors import RejectedError, UnavailableError

# It logs a trace for every document it cannot open; the caller gets the reason as an error.
logging.getLogger("docling").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Parser:
    """Where docling keeps the parser of a format: a module of `docling.backend` and its class."""

    format: InputFormat
    module: str
    backend: str

    def load(self) -> type[AbstractDocumentBackend]:
        """Import the parser (10 to 250 ms)."""
        loaded = getattr(import_module(f"docling.backend.{self.module}"), self.backend)
        return cast("type[AbstractDocumentBackend]", loaded)


PARSERS = {
    Format.PDF: Parser(
        InputFormat.PDF, "docling_parse_backend", "ThreadedDoclingParseDocumentBackend"
    ),
    Format.DOCX: Parser(InputFormat.DOCX, "msword_backend", "MsWordDocumentBackend"),
    Format.PPTX: Parser(InputFormat.PPTX, "mspowerpoint_backend", "MsPowerpointDocumentBackend"),
    Format.XLSX: Parser(InputFormat.XLSX, "msexcel_backend", "MsExcelDocumentBackend"),
    Format.HTML: Parser(InputFormat.HTML, "html_backend", "HTMLDocumentBackend"),
    Format.MARKDOWN: Parser(InputFormat.MD, "md_backend", "MarkdownDocumentBackend"),
    Format.CSV: Parser(InputFormat.CSV, "csv_backend", "CsvDocumentBackend"),
}

OFFICE = (Format.DOCX, Format.PPTX, Format.XLSX)


def convert(content: bytes, kind: Format, filename: str) -> DoclingDocument:
    """Return the structure of a document whose format is known.

    Raises RejectedError with code `corrupt`, `password_protected` or `too_large`.
    """
    if kind is Format.TEXT:
        return _plain_text(content, filename)
    pipeline = _pdf_pipeline(content) if kind is Format.PDF else _simple_pipeline()
    parser = PARSERS[kind]
    if kind in OFFICE:
        content = without_dangling_links(content)
    source = InputDocument(BytesIO(content), parser.format, parser.load(), filename=filename)
    if not source.valid:
        raise RejectedError("corrupt", f"the content cannot be read as {kind}")
    try:
        result = pipeline.execute(source, raises_on_error=True)
    except RuntimeError as error:
        if any(isinstance(cause, MemoryError) for cause in causes(error)):
            raise UnavailableError("there was too little memory to convert the document") from error
        # So a pipeline reports whatever its parser stumbled over; the cause is chained.
        raise RejectedError("corrupt", f"the content cannot be read as {kind}") from error
    if result.status is not ConversionStatus.SUCCESS:
        raise RejectedError("corrupt", f"parts of the content cannot be read as {kind}")
    if kind is Format.PDF:
        keep_single_margins(result.document)
    if kind is Format.XLSX:
        notes_as_text(result.document)
    return result.document


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it was raised for, outermost first."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def _plain_text(content: bytes, filename: str) -> DoclingDocument:
    """Return paragraphs as they stand: no mark in a text file means anything."""
    document = DoclingDocument(name=filename)
    for paragraph in (decoded(content) or "").replace("\r\n", "\n").split("\n\n"):
        if paragraph.strip():
            document.add_text(DocItemLabel.TEXT, paragraph.strip())
    return document


@cache
def _simple_pipeline() -> BasePipeline:
    from docling.pipeline.simple_pipeline import SimplePipeline  # noqa: PLC0415 - not for PDFs

    return SimplePipeline(SimplePipeline.get_default_options())


def _pdf_pipeline(content: bytes) -> BasePipeline:
    from runtime.libraries.docling import pdf  # noqa: PLC0415 - its engines are for PDFs only

    pdf.check(content)
    return pdf.pipeline()
