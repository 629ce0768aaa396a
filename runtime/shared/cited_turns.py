"""Which turns of conversations quote a document, so that they can be found when it is deleted.

    DynamoDB   pk {tenant}#DOC#{document_id}   sk {time}#{message_id}   in the conversations table

Written with the turn, expiring with it. Sessions have lower case names: none has this partition.
"""

from dataclasses import dataclass
from typing import Any

GONE = "This answer was deleted with the document that it quoted."


@dataclass(frozen=True)
class CitedTurn:
    """The two rows of a turn that carry what a document says."""

    message: dict[str, str]
    """Key of the answer in its conversation."""
    interaction: dict[str, str]
    """Key of its entry in the interaction log."""

    def row(self, tenant: str, document_id: str) -> tuple[str, str, dict[str, Any]]:
        """Return partition, sort key and fields of the row that finds the turn."""
        sort_key = self.message["sk"].removeprefix("MESSAGE#")
        fields = {"message": self.message, "interaction": self.interaction}
        return cited_partition(tenant, document_id), sort_key, fields


def cited_partition(tenant: str, document_id: str) -> str:
    """Return the partition of the turns that quote a document."""
    return f"{tenant}#DOC#{document_id}"
