"""No text of a document is lost, torn from its header or kept as a passage when it is none."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.pdfgen.canvas import Canvas

from runtime.libraries.docling.chunking import LONGEST_UNREADABLE, divided
from runtime.libraries.docling.conversion import convert
from runtime.libraries.docling.core import chunks_of
from runtime.libraries.docling.formats import format_of
from runtime.libraries.docling.office_links import without_dangling_links
from runtime.shared.contracts.docling import Chunk


def read(content: bytes, filename: str) -> list[Chunk]:
    return chunks_of(convert(content, format_of(content, filename), filename))


def words(chunks: list[Chunk]) -> str:
    return " ".join(" ".join([*chunk.headings, chunk.text]) for chunk in chunks)


def pages(*lines: list[tuple[float, str]]) -> bytes:
    """Return a PDF with these lines at these heights, a list for each page."""
    output = BytesIO()
    canvas = Canvas(output, pagesize=(595, 842))
    for page in lines:
        for height, text in page:
            canvas.drawString(72, height, text)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def test_the_first_line_of_a_short_page_is_kept() -> None:
    content = pages([(790, "Opening hours"), (760, "Monday to Friday from nine to five.")])
    assert "Opening hours" in words(read(content, "hours.pdf"))


def test_the_last_line_of_a_page_is_kept() -> None:
    content = pages([(780, "Receipt number 88-21"), (400, "Paid: 14 crowns"), (40, "Desk seven")])
    assert all(text in words(read(content, "r.pdf")) for text in ("88-21", "14 crowns", "Desk"))


def test_text_inside_a_drawing_is_kept() -> None:
    # given
    output = BytesIO()
    canvas = Canvas(output, pagesize=(595, 842))
    canvas.drawString(72, 780, "The boiler has three valves, which this page shows.")
    drawing = Drawing(400, 300)
    # The stubs know no keyword of a shape.
    frame: Any = Rect
    drawing.add(frame(0, 0, 400, 300, fillColor=None, strokeWidth=3))
    drawing.drawOn(canvas, 90, 300)
    for number, name in enumerate(("inlet valve", "relief valve", "outlet valve")):
        canvas.drawString(120 + number * 110, 450, name)
    canvas.save()
    # then
    found = words(read(output.getvalue(), "boiler.pdf"))
    assert all(name in found for name in ("inlet valve", "relief valve", "outlet valve"))


def test_a_table_of_contents_is_no_passage() -> None:
    chapters = [
        (740 - 20 * n, f"{n} Chapter about topic {n} {'. ' * 40} {n * 3}") for n in range(9)
    ]
    content = pages([(780, "Contents"), *chapters], [(780, "The pump runs at nine bar.")])
    found = words(read(content, "manual.pdf"))
    assert ". . . . ." not in found
    assert "The pump runs at nine bar." in found


def test_emphasis_in_many_paragraphs_loses_nothing() -> None:
    # given
    body = "".join(f"<p>Press <b>key{n}</b> to open <i>menu{n}</i>.</p>" for n in range(1000))
    # when
    found = words(read(f"<html><body>{body}</body></html>".encode(), "keys.html"))
    # then
    assert all(f"Press key{n} to open menu{n}." in found for n in (0, 499, 999))


def test_notes_above_a_header_are_text_and_the_header_stands_above_every_row() -> None:
    # given
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Lots of people", None], ["just write notes", None], ["Name", "Age"]):
        sheet.append(row)
    for number in range(120):
        sheet.append([f"Person number {number} of the list", number])
    output = BytesIO()
    book.save(output)
    # when
    chunks = read(output.getvalue(), "people.xlsx")
    # then
    tables = [chunk.text for chunk in chunks if "Person number" in chunk.text]
    assert len(tables) > 1
    assert all("| Name | Age |" in text for text in tables)
    assert "Lots of people" in words(chunks)


def test_a_workbook_with_a_link_to_a_drawing_that_is_not_there_is_read() -> None:
    # given
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Part", "Price"], ["PX-1", 7]):
        sheet.append(row)
    whole, broken = BytesIO(), BytesIO()
    book.save(whole)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    with ZipFile(whole) as source, ZipFile(broken, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
        copy.writestr("xl/worksheets/_rels/sheet1.xml.rels", links)
    # then
    assert "PX-1" in words(read(broken.getvalue(), "parts.xlsx"))
    assert without_dangling_links(whole.getvalue()) == whole.getvalue()


@pytest.mark.parametrize("run", ["0123456789abcdef" * 2500, "\u0e2b\u0e49\u0e2d\u0e07" * 2000])
def test_a_run_without_spaces_is_divided_and_loses_no_letter(run: str) -> None:
    parts = divided(f"The key is {run}")
    assert max(len(part) for part in parts) <= LONGEST_UNREADABLE
    assert re.sub(r"\s", "", "".join(parts)) == f"Thekeyis{run}"


def test_a_text_that_the_model_reads_is_not_divided() -> None:
    text = "A sentence of ordinary words. " * 60
    assert divided(text) == [text]
