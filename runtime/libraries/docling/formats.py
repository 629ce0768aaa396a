"""Which format a document is in, judged by its content; its name only has to agree.

Everything that can be refused before a parser runs is refused here, with the reason.
"""

import re
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from runtime.shared.errors import RejectedError

# A converter needs several times the size of the document; the function has 10 GB at most.
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024

# Office documents are zip archives; what they unpack to is what the parser has to hold.
MAX_UNPACKED_BYTES = 500 * 1024 * 1024

# PDF readers accept the header within the first kilobyte (ISO 32000-1, annex H, note 13).
PDF_HEADER_WINDOW = 1024

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
"""Compound file: the Office formats before 2007, and encrypted ones of today (MS-OFFCRYPTO)."""

ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

HTML_START = re.compile(r"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
BEFORE_HTML = re.compile(r"\s*(<!--|<\?xml\b)")


class Format(StrEnum):
    """The formats that can be converted; the value is the usual file name extension."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    HTML = "html"
    MARKDOWN = "md"
    CSV = "csv"
    TEXT = "txt"


EXTENSIONS = {
    **{f".{kind}": kind for kind in Format},
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".markdown": Format.MARKDOWN,
    ".text": Format.TEXT,
}

OFFICE_FOLDERS = {"word/": Format.DOCX, "ppt/": Format.PPTX, "xl/": Format.XLSX}


def format_of(content: bytes, filename: str) -> Format:
    """Return the format of a document.

    Raises RejectedError with code `empty_file`, `too_large`, `password_protected`, `corrupt`
    (the name promises another content, or the archive is broken) or `unsupported_type`.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise RejectedError("empty_file", "the file has no content")
    if len(content) > MAX_DOCUMENT_BYTES:
        raise RejectedError("too_large", f"the file is larger than {MAX_DOCUMENT_BYTES} bytes")
    named = EXTENSIONS.get(PurePath(filename).suffix.lower())
    found = _binary_format(content) or _text_format(content, named)
    if found is None:
        known = ", ".join(sorted(kind.value for kind in Format))
        raise RejectedError("unsupported_type", f"the content is none of {known}")
    if named is None or named == found:
        return found
    if _is_text(named) and not _is_text(found):
        raise RejectedError("unsupported_type", f"the name says {named}, the content is {found}")
    raise RejectedError("corrupt", f"the name says {named}, the content is not")


def _is_text(kind: Format) -> bool:
    return kind in (Format.HTML, Format.MARKDOWN, Format.CSV, Format.TEXT)


def _binary_format(content: bytes) -> Format | None:
    if b"%PDF-" in content[:PDF_HEADER_WINDOW]:
        return Format.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_format(content)
    if content.startswith(OLE_HEADER):
        if ENCRYPTED_STREAM in content:
            raise RejectedError("password_protected", "the document is encrypted")
        raise RejectedError("unsupported_type", "Office formats before 2007 are not supported")
    return None


def _office_format(content: bytes) -> Format:
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except BadZipFile as error:
        raise RejectedError("corrupt", "the archive inside the document is broken") from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise RejectedError("too_large", f"it unpacks to more than {MAX_UNPACKED_BYTES} bytes")
    for folder, kind in OFFICE_FOLDERS.items():
        if any(entry.filename.startswith(folder) for entry in entries):
            return kind
    raise RejectedError("unsupported_type", "the archive is not a Word, PowerPoint or Excel file")


def _text_format(content: bytes, named: Format | None) -> Format | None:
    text = decoded(content)
    if text is None:
        return None
    if named is not None and _is_text(named):
        return named
    return Format.HTML if _begins_as_html(text) else (None if named is None else Format.TEXT)


def _begins_as_html(text: str) -> bool:
    """Skip comments one by one: a pattern that repeats them tries every way to divide them."""
    start = 0
    while found := BEFORE_HTML.match(text, start):
        ending = "-->" if found[1] == "<!--" else "?>"
        start = text.find(ending, found.end()) + len(ending)
        if start < found.end():
            return False
    return HTML_START.match(text, start) is not None


def decoded(content: bytes) -> str | None:
    """Return the content as text, or None if it is binary.

    UTF-8 and UTF-16 are known by their rules; whatever else is text is taken for Windows-1252,
    the usual encoding of files that do not say.
    """
    encodings = (
        ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    )
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0e-\x1a]", text) else text
    return None
