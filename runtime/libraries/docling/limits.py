"""How much work a document may be, counted before a parser begins.

A few kilobytes can be days of work: two cells at opposite corners of a sheet, a page that unpacks
to gigabytes. What is counted here is what a parser's time and memory grow with; reading it takes
milliseconds a megabyte. Measured on two cores: 2 ms a block, 0.5 ms a cell, 0.5 KB a spanned
cell.
"""

import csv
import re
import zlib
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import IO
from xml.parsers import expat  # reads no outside entity; limits the growth of inner ones (2.4.1)
from zipfile import BadZipFile, ZipFile

from runtime.libraries.docling.formats import Format, decoded
from runtime.libraries.docling.spreadsheet import Sheet
from runtime.shared.errors import RejectedError

MOST_BLOCKS = 30_000
"""Paragraphs, list items, table cells of a text document: 1,500 dense pages, one minute."""
MOST_TAGS = 150_000
"""Elements of a page, those inside its paragraphs too."""
MOST_CELLS = 300_000
"""Cells with content in all tables of a file: three minutes."""
MOST_SPANNED_CELLS = 1_000_000
"""Cells between the corners of a sheet's content, empty ones too: 0.5 GB."""
MOST_COLUMNS = 1_000
MOST_TEXTS = 50_000
"""Pieces of text that one page shows: ten dense pages, each letter by itself."""
MOST_PDF_BYTES = 200 * 1024 * 1024
"""What all streams of a PDF unpack to."""

_TEXT_PARTS = re.compile(r"word/document\d*\.xml|ppt/slides/slide\d+\.xml")
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_BLOCK = re.compile(rb"<\s*(?:p|li|h[1-6]|td|th|tr|div|br|dt|dd|pre|blockquote)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[a-z]", re.IGNORECASE)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_SHOW_TEXT = re.compile(rb"\bT[jJ]\b")  # ISO 32000-1, 9.4.3
_STEP = 1024 * 1024


def check(content: bytes, kind: Format) -> None:
    """Raise RejectedError `too_large`, naming the limit, for what would take too long to read."""
    _CHECKS[kind](content)


def _too_large(what: str, allowed: int) -> RejectedError:
    return RejectedError("too_large", f"{what}; {allowed} are allowed")


def _blocks(count: int) -> None:
    if count > MOST_BLOCKS:
        raise _too_large(f"the document has {count} paragraphs, list items and cells", MOST_BLOCKS)


def _office(content: bytes) -> None:
    """Count the paragraphs (`w:p`, `a:p`) of a Word or PowerPoint file."""
    count = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal count
        count += name.rpartition(":")[2] == "p"
        if count > MOST_BLOCKS:
            raise _too_large(f"the document has more than {count - 1} paragraphs", MOST_BLOCKS)

    _parts(content, _TEXT_PARTS, lambda: start)


def _workbook(content: bytes) -> None:
    """Measure every sheet of an Excel file."""
    cells = 0

    def sheet() -> Callable[[str, dict[str, str]], None]:
        one = Sheet()

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal cells
            cells += one.seen(name.rpartition(":")[2], attributes)
            if one.columns > MOST_COLUMNS:
                raise _too_large(f"a sheet has {one.columns} columns", MOST_COLUMNS)
            if one.spanned > MOST_SPANNED_CELLS:
                raise _too_large(f"a sheet spans {one.spanned} cells", MOST_SPANNED_CELLS)
            if cells > MOST_CELLS:
                raise _too_large(f"the workbook has more than {MOST_CELLS} cells", MOST_CELLS)

        return start

    _parts(content, _SHEETS, sheet)


def _parts(
    content: bytes,
    wanted: re.Pattern[str],
    begin: Callable[[], Callable[[str, dict[str, str]], None]],
) -> None:
    """Tell a new `begin()` the elements of each part; what is no XML is left to the parser."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                if wanted.fullmatch(name):
                    with archive.open(name) as part:
                        _elements(part, begin())
    except (BadZipFile, expat.ExpatError, EOFError, zlib.error) as error:
        raise RejectedError("corrupt", "a part of the document cannot be read") from error


def _elements(part: IO[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.ParseFile(part)


def _pdf(content: bytes) -> None:
    """Unpack each stream a megabyte at a time; streams of other filters unpack to nothing here."""
    total = 0
    for found in _STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        unpacker, rest = zlib.decompressobj(), content[found.end() : end if end > 0 else None]
        try:
            texts = 0
            while rest and not unpacker.eof:
                unpacked = unpacker.decompress(rest, _STEP)
                rest = unpacker.unconsumed_tail
                total += len(unpacked)
                texts += sum(1 for _ in _SHOW_TEXT.finditer(unpacked))
                if texts > MOST_TEXTS:
                    what = f"a page of the PDF has more than {MOST_TEXTS} pieces of text"
                    raise _too_large(what, MOST_TEXTS)
                if total > MOST_PDF_BYTES:
                    size = f"{MOST_PDF_BYTES // _STEP} MiB"
                    raise RejectedError("too_large", f"the PDF unpacks to more than {size}")
        except zlib.error:
            continue


def _html(content: bytes) -> None:
    _blocks(sum(1 for _ in _BLOCK.finditer(content)))
    tags = sum(1 for _ in _TAG.finditer(content))
    if tags > MOST_TAGS:
        raise _too_large(f"the page has {tags} elements", MOST_TAGS)


def _text(content: bytes) -> None:
    """Count lines with something in them; each may be a paragraph, a list item or a row."""
    _blocks(sum(1 for line in (decoded(content) or "").splitlines() if line.strip()))


def _csv(content: bytes) -> None:
    cells = 0
    try:
        for row in csv.reader(StringIO(decoded(content) or "")):
            cells += len(row)
            if len(row) > MOST_COLUMNS:
                raise _too_large(f"the table has {len(row)} columns", MOST_COLUMNS)
            if cells > MOST_CELLS:
                raise _too_large(f"the table has more than {MOST_CELLS} cells", MOST_CELLS)
    except csv.Error:
        return  # the parser tries other dialects


_CHECKS: dict[Format, Callable[[bytes], None]] = {
    Format.PDF: _pdf,
    Format.DOCX: _office,
    Format.PPTX: _office,
    Format.XLSX: _workbook,
    Format.HTML: _html,
    Format.MARKDOWN: _text,
    Format.TEXT: _text,
    Format.CSV: _csv,
}
