"""A reading order in which a centred heading comes before what it heads.

docling's predictor follows columns. A short heading in the middle of the page shares no column
with a short one at the left margin below it, and ends up after the text it stands above.
"""

from docling.models.postprocessing.reading_order_rb import (
    PageElement,
    ReadingOrderPredictor,
    SeparatorElement,
)
from docling_core.types.doc.labels import DocItemLabel

# Share of the page width by which a centred text may miss the centre.
CENTRED_TOLERANCE = 0.03

HEADINGS = (DocItemLabel.TITLE, DocItemLabel.SECTION_HEADER)


class CentredHeadings(ReadingOrderPredictor):
    """docling's predictor, told that a centred heading with nothing beside it spans the page."""

    def predict_reading_order(
        self,
        page_elements: list[PageElement],
        page_separators: list[SeparatorElement] | None = None,
    ) -> list[PageElement]:
        """Return the elements of all pages in the order of reading."""
        given = {element.cid: element for element in page_elements}
        widened = [_widened(element, page_elements) for element in page_elements]
        return [
            given[element.cid]
            for element in super().predict_reading_order(widened, page_separators)
        ]


def _widened(element: PageElement, others: list[PageElement]) -> PageElement:
    centre = (element.l + element.r) / 2
    off_centre = abs(centre - element.page_size.width / 2)
    if element.label not in HEADINGS or off_centre > CENTRED_TOLERANCE * element.page_size.width:
        return element
    page = [other for other in others if other.page_no == element.page_no]
    # Origin is bottom left here: the top is the larger number.
    if any(
        other.cid != element.cid and other.b < element.t and element.b < other.t for other in page
    ):
        return element
    reach = {"l": min(other.l for other in page), "r": max(other.r for other in page)}
    return element.model_copy(update=reach)
