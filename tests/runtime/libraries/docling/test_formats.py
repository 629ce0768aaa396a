from io import BytesIO
from zipfile import ZipFile

import pytest

from runtime.libraries.docling import formats
from runtime.libraries.docling.formats import Format, decoded, format_of
from runtime.shared.errors import RejectedError


def archive(*names: str) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w") as content:
        for name in names:
            content.writestr(name, "<xml/>")
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"%PDF-1.7 ...", "a.pdf", Format.PDF),
        (b"%PDF-1.7 ...", "name without extension", Format.PDF),
        (b"garbage before\n%PDF-1.7 ...", "a.PDF", Format.PDF),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", Format.DOCX),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", Format.PPTX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", Format.XLSX),
        (b"<!DOCTYPE html><p>x", "a.htm", Format.HTML),
        (b"<!-- saved --><html><p>x", "page", Format.HTML),
        (b"# Title", "a.markdown", Format.MARKDOWN),
        (b"a,b\n1,2", "a.csv", Format.CSV),
        ("\ufeffText".encode("utf-16"), "a.txt", Format.TEXT),
        ("caf\u00e9".encode("cp1252"), "a.txt", Format.TEXT),
    ],
)
def test_the_content_decides_and_the_name_agrees(
    content: bytes, filename: str, expected: Format
) -> None:
    assert format_of(content, filename) is expected


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.pdf", "empty_file"),
        (b" \r\n\t\n", "a.txt", "empty_file"),
        (b"PK\x03\x04 cut off", "a.docx", "corrupt"),
        (b"not a PDF at all", "a.pdf", "corrupt"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.docx", "corrupt"),
        (b"\x00\x01\x02\x03binary", "a.txt", "unsupported_type"),
        (b"%PDF-1.7 ...", "a.txt", "unsupported_type"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "unsupported_type"),
        (b"just text", "a.exe", "unsupported_type"),
        (archive("classes.dex"), "a.zip", "unsupported_type"),
        (formats.OLE_HEADER + bytes(600), "a.doc", "unsupported_type"),
        (formats.OLE_HEADER + formats.ENCRYPTED_STREAM, "a.docx", "password_protected"),
    ],
)
def test_what_cannot_be_converted_is_rejected_with_its_reason(
    content: bytes, filename: str, code: str
) -> None:
    with pytest.raises(RejectedError) as refusal:
        format_of(content, filename)
    assert refusal.value.code == code


def test_an_archive_that_would_unpack_to_too_much_is_rejected_unopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    monkeypatch.setattr(formats, "MAX_UNPACKED_BYTES", 5)
    bomb = archive("word/document.xml")

    # when
    with pytest.raises(RejectedError) as refusal:
        format_of(bomb, "a.docx")

    # then
    assert refusal.value.code == "too_large"


def test_a_file_over_the_limit_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(formats, "MAX_DOCUMENT_BYTES", 3)

    # when
    with pytest.raises(RejectedError) as refusal:
        format_of(b"four", "a.txt")

    # then
    assert refusal.value.code == "too_large"


def test_windows_text_and_unicode_are_told_apart() -> None:
    assert decoded("\u201cq\u201d".encode("cp1252")) == "\u201cq\u201d"
    assert decoded("\u201cq\u201d".encode()) == "\u201cq\u201d"
    assert decoded(b"\x00\x00\x01") is None
