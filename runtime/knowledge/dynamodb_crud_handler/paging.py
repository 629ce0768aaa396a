"""Pages of a list: how many records, and where the next page begins."""

import base64
import binascii
from re import fullmatch

from runtime.shared.documents import DOCUMENT_ID_PATTERN


def cursor_after(document_id: str) -> str:
    """Return an opaque cursor for what follows this document.

    It names a document but no tenant: the page is always read from the caller's own records.
    """
    return base64.urlsafe_b64encode(document_id.encode()).decode().rstrip("=")


def document_before(cursor: str) -> str:
    """Return the document a cursor was made for; raises ValueError when it is none of ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        document_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("is not a cursor of this list") from error
    if not fullmatch(DOCUMENT_ID_PATTERN, document_id):
        raise ValueError("is not a cursor of this list")
    return document_id
