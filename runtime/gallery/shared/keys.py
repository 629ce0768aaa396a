"""Where an item's objects lie in the bucket, and the item's id.

    {tenant}/{user_id}/originals/{filename}      as uploaded
    {tenant}/{user_id}/thumbnails/{filename}     at most 800x800, tagged kind=thumbnail

The user and the name are percent-encoded, so that neither can add a level to the path. The same
name of the same user is the same item: uploading it again replaces its content.
"""

from dataclasses import dataclass
from re import fullmatch
from typing import Self
from unicodedata import normalize
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, UUID, uuid5

from runtime.shared.identity import TENANT_PATTERN

ORIGINALS, THUMBNAILS = "originals", "thumbnails"
EXTENSIONS = ("jpg", "jpeg", "png")
_ORIGINAL = rf"({TENANT_PATTERN})/([^/]+)/{ORIGINALS}/([^/]+\.(?i:{'|'.join(EXTENSIONS)}))"


@dataclass(frozen=True)
class ItemKey:
    """What names an item: whose it is and what it is called."""

    tenant: str
    user: str
    filename: str

    @classmethod
    def of(cls, key: str) -> Self | None:
        """Return the item whose original has this key, or None for every other object.

        A thumbnail is such another object: were the event filter ever lost, there would still be
        no thumbnails of thumbnails.
        """
        match = fullmatch(_ORIGINAL, key)
        return cls(match[1], unquote(match[2]), unquote(match[3])) if match else None

    @property
    def item_id(self) -> UUID:
        """The item's id: the same for the same tenant, user and name."""
        return uuid5(NAMESPACE_URL, f"gallery:{self.original}")

    @property
    def original(self) -> str:
        """Key of the object as uploaded."""
        return self._key(ORIGINALS)

    @property
    def thumbnail(self) -> str:
        """Key of its thumbnail."""
        return self._key(THUMBNAILS)

    def _key(self, kind: str) -> str:
        # Unicode has several spellings of one name (macOS decomposes accents): one item.
        name = quote(normalize("NFC", self.filename), safe="")
        return f"{self.tenant}/{quote(self.user, safe='')}/{kind}/{name}"
