"""PDFs for the tests, drawn by reportlab."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

STYLES = getSampleStyleSheet()

PUMPS = (
    ("Pump", "Flow (m3/h)", "Remarks"),
    ("P-100", "12.5", "Cooling water"),
    ("P-200", "", "Spare, not installed"),
    ("P-300", "48.0", "Feeds the boiler and, in summer,\nthe rooftop chiller as well"),
    ("P-400", "7.2", "Drain"),
)

RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
BOOK = [
    ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
    ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
]
TALL = [("TOPPADDING", (0, 0), (-1, -1), 7), ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]


def prose(topic: str, sentences: int = 6) -> Paragraph:
    """A paragraph of several lines."""
    text = (
        f"The {topic} is inspected every month by the maintenance crew of the plant. " * sentences
    )
    return Paragraph(text, STYLES["BodyText"])


def heading(text: str, level: int = 1) -> Paragraph:
    """A heading in the size of its level."""
    return Paragraph(text, STYLES[f"Heading{level}"])


def table(
    rows: Sequence[Sequence[str]],
    style: Sequence[Any],
    widths: Sequence[float] = (100, 100, 200),
) -> Table:
    """A table of three columns with these widths in points."""
    return Table([list(row) for row in rows], list(widths), style=TableStyle(list(style)))


def pdf(*story: Flowable, password: str = "", running: bool = True) -> bytes:
    """A PDF, with a running header and page numbers unless told otherwise."""
    output = BytesIO()
    document = SimpleDocTemplate(
        output,
        pagesize=A4,
        encrypt=StandardEncryption(password) if password else None,
    )
    frame = _frame if running else _nothing
    document.build(list(story), onFirstPage=frame, onLaterPages=frame)
    return output.getvalue()


def _frame(canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, A4[1] - 40, "Plant handbook, edition 7")
    canvas.drawCentredString(A4[0] / 2, 30, f"Page {canvas.getPageNumber()}")


def _nothing(_canvas: Canvas, _: BaseDocTemplate) -> None:
    """Draw nothing."""


def handbook() -> bytes:
    """Three pages: headings of two levels, prose, a ruled and an unruled table."""
    return pdf(
        Paragraph("Handbook of the pump house", STYLES["Title"]),
        heading("1 Purpose"),
        prose("pump house"),
        heading("1.1 Scope", 2),
        prose("scope of the handbook"),
        PageBreak(),
        heading("2 Equipment"),
        prose("equipment"),
        Spacer(0, 12),
        table(PUMPS, RULED),
        Spacer(0, 12),
        prose("valve"),
        PageBreak(),
        heading("3 Schedule"),
        prose("schedule"),
        Spacer(0, 12),
        table(PUMPS, BOOK + TALL),
        Spacer(0, 12),
        prose("lamp"),
    )
