from io import BytesIO
from typing import TypeVar

import docx
import openpyxl
import pptx
import pytest
from pptx.util import Inches
from pydantic import TypeAdapter
from reportlab.platypus import PageBreak, Spacer

from runtime.libraries.docling import pdf as pdf_module
from runtime.libraries.docling.core import convert_document
from runtime.shared.contracts.content import INLINE_LIMIT_BYTES, Inline, Left, Result
from runtime.shared.contracts.docling import CHUNKS, MARKDOWN, REQUEST, Chunk, ConvertAnswer
from runtime.shared.errors import InvalidRequestError, RejectedError
from runtime.shared.requests import decode
from tests.runtime.libraries.docling import sample_pdfs
from tests.runtime.libraries.docling.sample_pdfs import PUMPS, RULED, heading, prose
from tests.runtime.libraries.fake_urls import FakeUrls

Value = TypeVar("Value")

SOURCE, MARKDOWN_URL, CHUNKS_URL = "https://source", "https://markdown", "https://chunks"


def event(filename: str) -> dict[str, object]:
    return {
        "source_url": SOURCE,
        "filename": filename,
        "markdown_url": MARKDOWN_URL,
        "chunks_url": CHUNKS_URL,
    }


def converted(content: bytes, filename: str) -> tuple[ConvertAnswer, str, list[Chunk]]:
    urls = FakeUrls({SOURCE: content})
    response = convert_document(decode(REQUEST, event(filename)), urls)
    markdown = taken(response.markdown, MARKDOWN, urls, MARKDOWN_URL)
    chunks = taken(response.chunks, CHUNKS, urls, CHUNKS_URL)
    assert response.chunk_count == len(chunks)
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    return response, markdown, chunks


def taken(result: Result, shape: TypeAdapter[Value], urls: FakeUrls, url: str) -> Value:
    if isinstance(result, Inline):
        return shape.validate_python(result.value)
    return shape.validate_json(urls.objects[url])


def refusal(content: bytes, filename: str) -> str:
    with pytest.raises(RejectedError) as error:
        converted(content, filename)
    return error.value.code


@pytest.fixture(scope="module")
def handbook() -> tuple[ConvertAnswer, str, list[Chunk]]:
    return converted(sample_pdfs.handbook(), "handbook.pdf")


def test_a_pdf_keeps_its_headings_with_their_levels_in_reading_order(
    handbook: tuple[ConvertAnswer, str, list[Chunk]],
) -> None:
    response, markdown, chunks = handbook
    assert (response.title, response.pages) == ("Handbook of the pump house", 3)
    headings = [line for line in markdown.splitlines() if line.startswith("#")]
    assert headings == [
        "## Handbook of the pump house",
        "## 1 Purpose",
        "### 1.1 Scope",
        "## 2 Equipment",
        "## 3 Schedule",
    ]
    scope = next(chunk for chunk in chunks if chunk.text.startswith("The scope"))
    assert (scope.headings, scope.page) == (["1 Purpose", "1.1 Scope"], 1)


def test_running_headers_and_page_numbers_are_left_out(
    handbook: tuple[ConvertAnswer, str, list[Chunk]],
) -> None:
    _, markdown, chunks = handbook
    everything = markdown + " ".join(chunk.text for chunk in chunks)
    assert "edition 7" not in everything
    assert "Page 2" not in everything


@pytest.mark.parametrize("page", [2, 3], ids=["ruled", "unruled"])
def test_a_table_in_a_pdf_becomes_rows_and_cells(
    handbook: tuple[ConvertAnswer, str, list[Chunk]], page: int
) -> None:
    # given
    rows = [" | ".join(cell.replace("\n", " ") for cell in row) for row in PUMPS]

    # when
    _, _, chunks = handbook
    table = next(chunk for chunk in chunks if chunk.page == page and "P-100" in chunk.text)

    # then: a header, a separator, and every row, with the empty and the two-line cell
    lines = [line for line in table.text.splitlines() if line.startswith("|")]
    assert [line.strip("| ") for line in (lines[0], *lines[2:])] == rows


def test_a_table_longer_than_a_chunk_repeats_its_header() -> None:
    # given
    rows = [("Code", "Meaning", "Remedy")]
    rows += [(f"E{n}", f"Sensor {n} is silent", "Replace the cable") for n in range(30)]
    document = sample_pdfs.pdf(heading("Codes"), prose("sensor"), sample_pdfs.table(rows, RULED))

    # when
    _, _, chunks = converted(document, "codes.pdf")

    # then
    assert not any("maintenance" in chunk.text for chunk in chunks if "Remedy" in chunk.text)
    parts = [chunk.text for chunk in chunks if "Replace the cable" in chunk.text]
    assert len(parts) > 1
    assert all("| Code | Meaning | Remedy |" in part for part in parts)
    assert sum(chunk.text.count("Replace the cable") for chunk in chunks) == 30


def test_a_small_ruled_table_is_not_taken_for_a_figure() -> None:
    # given: a heading across two columns, and cells in the middle of their rows
    rows = [("Sales", "", "Notes"), ("2024", "2025", ""), ("900", "1,350", "closed in\nMay")]
    style = [*RULED, ("SPAN", (0, 0), (1, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    document = sample_pdfs.pdf(
        prose("shop"), Spacer(0, 14), sample_pdfs.table(rows, style, widths=(50, 50, 60))
    )

    # when
    _, markdown, _ = converted(document, "sales.pdf")

    # then: both header rows are one in Markdown, and the heading stands above both its columns
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in markdown.splitlines()]
    assert ["Sales - 2024", "Sales - 2025", "Notes"] in cells
    assert ["900", "1,350", "closed in May"] in cells


def test_a_pdf_without_text_has_no_chunks() -> None:
    # given
    document = sample_pdfs.pdf(PageBreak(), running=False)

    # when
    response, markdown, chunks = converted(document, "scan.pdf")

    # then
    assert (response.title, response.pages, markdown, chunks) == (None, 1, "", [])


def test_a_broken_pdf_is_rejected_as_corrupt() -> None:
    whole = sample_pdfs.handbook()
    assert refusal(whole[: len(whole) // 3], "cut.pdf") == "corrupt"
    assert refusal(b"%PDF-1.7\n" + bytes(range(256)) * 20, "noise.pdf") == "corrupt"


def test_a_pdf_with_a_password_is_rejected_as_such() -> None:
    secret = sample_pdfs.pdf(prose("vault"), password="open sesame")
    assert refusal(secret, "secret.pdf") == "password_protected"


def test_a_pdf_with_too_many_pages_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(pdf_module, "MAX_PAGES", 2)

    # when
    code = refusal(sample_pdfs.handbook(), "long.pdf")

    # then
    assert code == "too_large"


def word_document() -> bytes:
    document = docx.Document()
    document.add_heading("Travel policy", 0)
    document.add_heading("Trains", 1)
    document.add_paragraph("Second class is paid always.")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("Item", "Limit"), ("Hotel", "145 EUR")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def presentation() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    box = slide.shapes.add_textbox(Inches(0), Inches(0), Inches(5), Inches(1))
    box.text_frame.text = "Trains\nSecond class is paid always."
    return saved(deck)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Rules", 0)
    for row in [["Item", "Limit"], ["Trains", "Second class is paid always."]]:
        sheet.append(row)
    return saved(book)


def saved(document: object) -> bytes:
    output = BytesIO()
    document.save(output)  # pyright: ignore[reportAttributeAccessIssue]  # all three have it
    return output.getvalue()


HTML = b"<!DOCTYPE html><title>x</title><h1>Trains</h1><p>Second class is <b>paid</b> always.</p>"


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (word_document(), "policy.docx"),
        (presentation(), "policy.pptx"),
        (workbook(), "policy.xlsx"),
        (HTML, "policy.html"),
        (b"# Trains\n\nSecond class is **paid** always.\n", "policy.md"),
        (b"Item,Limit\nTrains,Second class is paid always.\n", "policy.csv"),
        (b"Trains\n\nSecond class is paid always.\n", "policy.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_format_keeps_its_sentences(content: bytes, filename: str) -> None:
    # when
    _, markdown, chunks = converted(content, filename)

    # then: emphasis is gone from the passages, so that they can be quoted
    assert "Trains" in markdown
    assert any("Second class is paid always." in chunk.text for chunk in chunks)
    assert all(len(chunk.keywords) <= 8 for chunk in chunks)


def test_a_broken_office_document_is_rejected_as_corrupt() -> None:
    # given: a valid archive whose document part is not a document
    broken = word_document().replace(b"word/document.xml", b"word/documant.xml")

    # then
    assert refusal(broken, "policy.docx") == "corrupt"


def test_marks_in_a_text_file_mean_nothing() -> None:
    # when
    _, _, chunks = converted(b"# not a heading\n\n* not a list", "notes.txt")

    # then
    assert [(chunk.headings, chunk.text) for chunk in chunks] == [
        ([], "# not a heading\n* not a list")
    ]


def test_a_long_document_travels_through_the_object_store() -> None:
    # given
    content = ("Every word of this sentence counts. " * 9000).encode()

    # when
    response, markdown, chunks = converted(content, "long.txt")

    # then
    assert (response.markdown, response.chunks) == (Left(), Left())
    assert len(markdown) > INLINE_LIMIT_BYTES
    assert len(chunks) > 200


def test_a_request_that_is_wrong_is_refused_by_field() -> None:
    # given
    wrong = event("") | {"source_url": 7, "surprise": 1}

    # when
    with pytest.raises(InvalidRequestError) as refused:
        decode(REQUEST, wrong)

    # then
    for field in ("filename", "source_url", "surprise"):
        assert field in str(refused.value)
