"""The receipt of a document's deletion: what each store held of it, before and after.

    DynamoDB   pk {tenant}#{document_id}   sk DELETION     in the documents table

It outlives the document. Until every store is empty it is `pending`; a store that fails keeps it
so, and the work is repeated. It also says since when the document is gone: what a form of before
that brings is refused.
"""

import hashlib
import json
from typing import Literal, Self

from pydantic import Field

from runtime.shared.documents import Document
from runtime.shared.shape import Shape


class Counts(Shape):
    """How many things of the document a store held."""

    before: int
    after: int | None = None
    """None until the store has been emptied."""


class Deletion(Shape):
    """A deletion, and its receipt once it is done; times are ISO 8601 in UTC."""

    document_id: str
    state: Literal["pending", "done"] = "pending"
    requested_at: str
    requested_by: str | None = None
    """None when the object was deleted past the API."""
    attempts: int = 0
    stores: dict[str, Counts] = Field(default_factory=dict[str, Counts])
    finished_at: str | None = None
    checksum: str | None = None
    """SHA-256 in hex of the other fields as JSON with sorted keys, once it is done."""

    def done(self, finished_at: str) -> Self:
        """Return the receipt, with its checksum."""
        finished = self.model_copy(
            update={"state": "done", "finished_at": finished_at, "checksum": None}
        )
        return finished.model_copy(update={"checksum": finished.sum()})

    def sum(self) -> str:
        """Return the checksum of what the receipt says."""
        fields = json.dumps(self.model_dump(exclude={"checksum"}), sort_keys=True)
        return hashlib.sha256(fields.encode()).hexdigest()


def deletion_key(document: Document) -> dict[str, str]:
    """Return the key of a document's deletion."""
    return {"pk": document.partition, "sk": "DELETION"}
