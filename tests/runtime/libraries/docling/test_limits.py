import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pytest

from runtime.libraries.docling import limits
from runtime.libraries.docling.conversion import causes
from runtime.libraries.docling.formats import Format, format_of
from runtime.libraries.docling.spreadsheet import Sheet
from runtime.shared.errors import RejectedError


def refusal(content: bytes, kind: Format) -> str:
    with pytest.raises(RejectedError) as caught:
        limits.check(content, kind)
    return str(caught.value)


def archive(**parts: str) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as content:
        for name, text in parts.items():
            content.writestr(name.replace("__", "/") + ".xml", text)
    return output.getvalue()


def workbook(*cells: tuple[int, int], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, column in cells:
        sheet.cell(row, column, 1)
    if merged:
        sheet.merge_cells(merged)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def pdf(*streams: bytes) -> bytes:
    objects = (b"1 0 obj\n<<>>\nstream\n" + each + b"\nendstream\nendobj\n" for each in streams)
    return b"%PDF-1.7\n" + b"".join(objects)


def test_two_cells_at_opposite_corners_of_a_sheet_are_refused_by_what_they_span() -> None:
    assert refusal(workbook((1, 1), (1_048_576, 900)), Format.XLSX) == (
        "too_large: a sheet spans 943718400 cells; 1000000 are allowed"
    )
    assert refusal(workbook((1, 1), (1, 16_384)), Format.XLSX) == (
        "too_large: a sheet has 16384 columns; 1000 are allowed"
    )


def test_merged_cells_are_cells() -> None:
    sheet = archive(xl__worksheets__sheet1='<w><mergeCell ref="$A$1:ABC900000"/></w>')
    assert "spans" in refusal(sheet, Format.XLSX)


def test_a_sheet_of_ordinary_size_is_read_wherever_it_stands() -> None:
    limits.check(workbook(*((row, 700) for row in range(1_048_000, 1_048_576))), Format.XLSX)


def test_cells_without_a_reference_stand_side_by_side() -> None:
    # given
    sheet = Sheet()
    # when
    for element, attributes in [("row", {}), ("c", {}), ("c", {}), ("row", {"r": "x"}), ("c", {})]:
        sheet.seen(element, attributes)
    # then
    assert (sheet.columns, sheet.spanned) == (2, 4)


def test_many_paragraphs_are_refused_before_a_parser_sees_them() -> None:
    # given: 50 kB
    document = archive(word__document="<w>" + "<p/>" * 150_000 + "</w>")
    assert len(document) < 60_000
    # then
    assert refusal(document, Format.DOCX) == (
        "too_large: the document has more than 30000 paragraphs; 30000 are allowed"
    )


def test_paragraphs_are_counted_in_whatever_file_of_word_they_stand() -> None:
    # given
    document = docx.Document()
    document.add_paragraph("one")
    output = BytesIO()
    document.save(output)
    # then
    limits.check(output.getvalue(), Format.DOCX)
    slides = archive(ppt__slides__slide7="<s>" + "<a:p xmlns:a='a'/>" * 30_001 + "</s>")
    assert "paragraphs" in refusal(slides, Format.PPTX)


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"<p>x" * 30_001, Format.HTML, "30001 paragraphs, list items and cells"),
        (b"<p>" + b"<b>x</b>" * 150_001, Format.HTML, "150002 elements"),
        (b"x\n\n" * 30_001, Format.MARKDOWN, "30001 paragraphs"),
        (b"x\n" * 30_001, Format.TEXT, "30001 paragraphs"),
        (b"x," * 20_000, Format.CSV, "20001 columns"),
        (b"a,b,c\n" * 100_001, Format.CSV, "300000 cells"),
    ],
)
def test_every_text_format_has_its_limit(content: bytes, kind: Format, reason: str) -> None:
    assert reason in refusal(content, kind)


def test_a_pdf_is_refused_by_what_it_unpacks_to() -> None:
    # given: 300 kB that are 300 MB
    packed = zlib.compress(bytes(100 * 1024 * 1024), 9)
    # then
    assert "unpacks to more than 200 MiB" in refusal(pdf(packed, packed, packed), Format.PDF)
    limits.check(pdf(packed), Format.PDF)


def test_a_page_of_endless_text_operators_is_refused() -> None:
    # given: 100 kB
    shown = b"".join(b"BT %d 0 Td (w) Tj ET\n" % n for n in range(50_001))
    # then
    assert "pieces of text" in refusal(pdf(zlib.compress(shown)), Format.PDF)
    limits.check(pdf(zlib.compress(shown[:-30])), Format.PDF)


def test_a_stream_that_is_not_packed_or_damaged_is_left_to_the_parser() -> None:
    noise = bytes((n * n + 7) % 251 for n in range(100_000))
    limits.check(pdf(noise, zlib.compress(b"x")[:-3], b""), Format.PDF)


def test_a_part_that_is_no_xml_is_corrupt() -> None:
    assert refusal(archive(word__document="<w><p></w>"), Format.DOCX).startswith("corrupt: ")


@pytest.mark.parametrize("count", [1, 40, 20_000])
def test_comments_before_a_page_are_skipped_one_by_one(count: int) -> None:
    comments = "<!-- x -->\n" * count
    assert format_of((comments + "<html><p>x").encode(), "page") is Format.HTML
    for other in ("x", "<!--", "<p>"):
        with pytest.raises(RejectedError, match="unsupported_type"):
            format_of((comments + other).encode(), "page")


def test_the_causes_of_an_error_are_followed_to_the_first() -> None:
    # given
    error = RuntimeError("the pipeline failed")
    error.__cause__ = MemoryError()
    # then
    assert [type(cause) for cause in causes(error)] == [RuntimeError, MemoryError]
