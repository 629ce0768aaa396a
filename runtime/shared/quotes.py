"""When a quotation stands in a text: one rule for whoever checks what a model says it read."""

import unicodedata


def stands_in(quote: str, text: str) -> bool:
    """Tell whether `quote` occurs in `text` as whole words.

    White space may differ: passages are broken into lines where their pages were. So may the way
    letters with accents are encoded. A quotation may end where the text has a comma or a bracket,
    and not in the middle of a word or number: "shut in 4" does not stand in "shut in 42 hours".
    """
    words, searched = spaced(quote), spaced(text)
    if not words:
        return False
    place = searched.find(words)
    while place >= 0:
        before, after = searched[:place][-1:], searched[place + len(words) :][:1]
        if not _joined(before, words[0]) and not _joined(words[-1], after):
            return True
        place = searched.find(words, place + 1)
    return False


def spaced(text: str) -> str:
    """Return the words of a text with single spaces between them, its letters composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _joined(left: str, right: str) -> bool:
    """Tell whether two neighbouring characters are of one word."""
    return left.isalnum() and right.isalnum()
