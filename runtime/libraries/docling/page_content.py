"""The words and the ruling lines that a PDF page draws."""

from docling.datamodel.base_models import Page
from docling_core.types.doc.base import BoundingBox

from runtime.libraries.docling.table_geometry import Box, Word

# Some programs draw rules as filled rectangles of this thickness at most.
RULE_THICKNESS_POINTS = 1.5


def words_of(page: Page) -> list[Word]:
    """Return the words of the page's text layer."""
    cells = page.parsed_page.word_cells if page.parsed_page else []
    return [
        Word(cell.text.strip(), _box(cell.rect.to_bounding_box()))
        for cell in cells
        if cell.text.strip()
    ]


def rules_of(page: Page) -> list[Box]:
    """Return horizontal and vertical strokes, and filled rectangles as thin as strokes."""
    # docling's own engines reach the page's backend this way; there is no public one.
    backend = page._backend  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    if backend is None:
        return []
    strokes = backend.get_shape_lines() or []
    filled = backend.get_thin_shape_boxes(max_thickness=RULE_THICKNESS_POINTS) or []
    return [_box(shape) for shape in (*strokes, *filled)]


def _box(bounding_box: BoundingBox) -> Box:
    return Box(bounding_box.l, bounding_box.t, bounding_box.r, bounding_box.b)
