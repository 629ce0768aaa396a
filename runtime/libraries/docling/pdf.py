"""PDFs: what is refused before any page is read, and the pipeline with our two engines."""

from contextlib import closing
from functools import cache

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  # has none
from docling.datamodel.pipeline_options import HeadingHierarchyOptions, ThreadedPdfPipelineOptions
from docling.models.plugins import defaults
from docling.pipeline.standard_pdf_pipeline import StandardPdfPipeline

from runtime.libraries.docling.layout_engine import RapidLayoutModel, RapidLayoutOptions
from runtime.libraries.docling.reading_order import CentredHeadings
from runtime.libraries.docling.table_engine import GeometricTableModel, GeometricTableOptions
from runtime.shared.errors import RejectedError

# FPDF_ERR_PASSWORD in PDFium's fpdfview.h.
NEEDS_PASSWORD = 4

# At 0.3 s a page on two cores, this takes three minutes; a function lives for 15 at most.
MAX_PAGES = 500


def check(content: bytes) -> None:
    """Raise RejectedError for a PDF that is broken, needs a password or has too many pages."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == NEEDS_PASSWORD:
            raise RejectedError("password_protected", "the PDF needs a password") from error
        raise RejectedError("corrupt", "the content is not a readable PDF") from error
    with closing(document):
        pages = len(document)
    if pages == 0:
        raise RejectedError("corrupt", "the PDF has no pages")
    if pages > MAX_PAGES:
        raise RejectedError("too_large", f"the PDF has {pages} pages; {MAX_PAGES} are allowed")


@cache
def pipeline() -> StandardPdfPipeline:
    """Return the PDF pipeline, built once per process (0.3 s)."""
    # docling asks this plug-in module for its engines; the lists it would answer import torch,
    # torchvision and models that live on a hub.
    defaults.layout_engines = _layout_engines
    defaults.table_structure_engines = _table_structure_engines
    built = StandardPdfPipeline(
        ThreadedPdfPipelineOptions(
            do_ocr=False,
            do_table_structure=True,
            layout_options=RapidLayoutOptions(),
            table_structure_options=GeometricTableOptions(),
            # The levels of headings: from bookmarks, numbering, and type size.
            heading_hierarchy_options=HeadingHierarchyOptions(enabled=True),
            generate_parsed_pages=True,
        )
    )
    built.reading_order_model.ro_model = CentredHeadings()
    return built


def _layout_engines() -> dict[str, list[type[RapidLayoutModel]]]:
    return {"layout_engines": [RapidLayoutModel]}


def _table_structure_engines() -> dict[str, list[type[GeometricTableModel]]]:
    return {"table_structure_engines": [GeometricTableModel]}
