"""What repeats on the pages of a document is no passage; what stands there once is.

The detector calls whatever lies at the top or bottom of a page its header or footer: the title of
a short page, the last line of a receipt. Only what comes again on another page, page numbers
aside, is left out.
"""

import re
from collections import defaultdict

from docling_core.types.doc.common.content_layer import ContentLayer
from docling_core.types.doc.document import DoclingDocument
from docling_core.types.doc.items.text import TextItem
from docling_core.types.doc.labels import DocItemLabel

_MARGINS = (DocItemLabel.PAGE_HEADER, DocItemLabel.PAGE_FOOTER)
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PAGE_WORDS = re.compile(r"\b(?:page|seite|p|of|von|de|sur)\b", re.IGNORECASE)


def keep_single_margins(document: DoclingDocument) -> None:
    """Make text of headers and footers that stand on one page only."""
    margins = [
        item
        for item in document.texts
        if type(item) is TextItem
        and item.label in _MARGINS
        and item.content_layer is ContentLayer.FURNITURE
    ]
    pages: defaultdict[str, set[int]] = defaultdict(set)
    for item in margins:
        pages[_pattern(item)] |= {place.page_no for place in item.prov}
    for item in margins:
        if len(pages[_pattern(item)]) < 2 and not _is_number(item):  # noqa: PLR2004 - once
            item.content_layer = ContentLayer.BODY
            item.label = DocItemLabel.TEXT


def _pattern(item: TextItem) -> str:
    """Return the text without its numbers: the same header counts the pages."""
    return " ".join(_NUMBER.sub("#", item.text).casefold().split())


def _is_number(item: TextItem) -> bool:
    rest = _PAGE_WORDS.sub("", _NUMBER.sub("", item.text))
    return not _LETTERS.search(rest)
