"""One small file of every format; each knows a thing that the others do not."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import docx
import openpyxl
import pptx
from pptx.util import Inches
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate


@dataclass(frozen=True)
class Sample:
    """A file, a question it answers, and words of the passage that does."""

    filename: str
    content: Callable[[], bytes]
    question: str
    fact: str


def _pdf() -> bytes:
    output, styles = BytesIO(), getSampleStyleSheet()
    fact = "The Alder pump may stand still for twelve days before its seal dries out."
    story: list[Flowable] = [
        Paragraph("Alder pump", styles["Heading1"]),
        Paragraph(fact, styles["BodyText"]),
    ]
    SimpleDocTemplate(output, invariant=1).build(story)
    return output.getvalue()


def _docx() -> bytes:
    output, document = BytesIO(), docx.Document()
    document.add_heading("Tenancy agreement")
    document.add_paragraph("The tenant gives notice to the landlord three months ahead.")
    document.save(output)
    return output.getvalue()


def _pptx() -> bytes:
    output, slides = BytesIO(), pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    text = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(8), Inches(1)).text_frame
    text.text = "The summer party of the sailing club begins at seven o'clock."
    slides.save(output)
    return output.getvalue()


def _xlsx() -> bytes:
    output, workbook = BytesIO(), openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (("Bakery product", "Price"), ("Rye bread loaf", "4.20 euro")):
        sheet.append(row)
    workbook.save(output)
    return output.getvalue()


SAMPLES = (
    Sample("pump.pdf", _pdf, "How long may the Alder pump stand still?", "twelve days"),
    Sample(
        "lease.docx",
        _docx,
        "How early does the tenant give notice to the landlord?",
        "three months",
    ),
    Sample(
        "coffee.html",
        b"<html><body><h1>Coffee machine</h1><p>The coffee machine is descaled with vinegar every"
        b" five weeks.</p></body></html>".strip,
        "What is the coffee machine descaled with?",
        "vinegar",
    ),
    Sample(
        "orchard.md",
        b"# Orchard\n\nThe apple trees of the orchard are pruned in February.\n".strip,
        "When are the apple trees of the orchard pruned?",
        "February",
    ),
    Sample(
        "planets.csv",
        b"Planet,Known moons\nMars,Phobos and Deimos\n".strip,
        "Which moons of the planet Mars are known?",
        "Phobos",
    ),
    Sample(
        "library.txt",
        b"Books of the city library can be borrowed for thirty days.\n".strip,
        "For how long can books of the city library be borrowed?",
        "thirty days",
    ),
    Sample(
        "party.pptx",
        _pptx,
        "When does the summer party of the sailing club begin?",
        "seven o'clock",
    ),
    Sample("bakery.xlsx", _xlsx, "What is the price of a rye bread loaf?", "4.20"),
)


def blank_pdf() -> bytes:
    """A PDF with one page and nothing on it."""
    output = BytesIO()
    canvas = Canvas(output, invariant=1)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


def long_text(topic: str) -> bytes:
    """A Markdown file whose text fits into no message; its long words make few passages of it."""
    words = "administration international responsibilities telecommunications characteristics"
    paragraph = f"{words} {topic} environmental understanding"
    paragraphs = (f"Paragraph {n}: {paragraph} {paragraph}." for n in range(1050))
    return "\n\n".join([f"# {topic.title()}", *paragraphs, ""]).encode()
