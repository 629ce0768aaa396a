"""What callers may ask; a wrong field is refused by its name."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from datetime import datetime
from typing import Annotated, Literal
from unicodedata import category, normalize
from urllib.parse import quote
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from runtime.shared.shape import Shape

CONTENT_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
# S3 allows keys of 1,024 bytes; tenant, user and folder take their share.
LONGEST_ENCODED_NAME = 600
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control and format characters, lone surrogates, line separators."""


def _name(name: str) -> str:
    """Return the name composed, its extension in lower case, or raise ValueError."""
    name = normalize("NFC", name)
    if name != name.strip() or "/" in name or "\\" in name:
        raise ValueError("must contain no path separator and no space at its ends")
    if any(category(letter) in _INVISIBLE for letter in name):
        raise ValueError("must not contain control characters")
    stem, _, extension = name.rpartition(".")
    if not stem.strip(". ") or extension.lower() not in CONTENT_TYPES:
        raise ValueError(f"must be a name that ends with one of {', '.join(CONTENT_TYPES)}")
    if len(quote(name, safe="")) > LONGEST_ENCODED_NAME:
        raise ValueError("is too long")
    return f"{stem}.{extension.lower()}"


class UploadRequest(Shape):
    """Body of POST /gallery/items."""

    model_config = ConfigDict(extra="forbid", title="GalleryUploadRequest")

    filename: Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_name)]
    """The same name again replaces the caller's image of that name."""
    content_type: Literal["image/jpeg", "image/png"]
    size_bytes: Annotated[int, Field(ge=1, strict=True)]


class SearchQuery(Shape):
    """Query string of GET /gallery/search."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(str.strip)]
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class Cursor(Shape):
    """The last item of a page."""

    created_at: datetime
    item_id: UUID

    def encoded(self) -> str:
        """Return it as callers hand it back."""
        return urlsafe_b64encode(self.model_dump_json().encode()).decode()


def _cursor(value: str | None) -> str | None:
    """Refuse what `Cursor.encoded` never returned."""
    if value is not None:
        decoded(value)
    return value


def decoded(value: str) -> Cursor:
    """Return the cursor, or raise ValueError."""
    try:
        return Cursor.model_validate_json(urlsafe_b64decode(value.encode()))
    except (Base64Error, ValueError) as error:
        raise ValueError("is not a cursor this API gave") from error


class PageQuery(Shape):
    """Query string of GET /gallery/items."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100)] = 25
    cursor: Annotated[str | None, AfterValidator(_cursor)] = None
