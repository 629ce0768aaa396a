"""Deletions in the documents table; the function of records asks for them, this one does them."""

from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr

from runtime.shared.aws_errors import calling
from runtime.shared.conditional_writes import put_if
from runtime.shared.deletions import Deletion, deletion_key
from runtime.shared.documents import Document

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table


class DynamoDeletions:
    """Implements `ports.Deletions`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def find(self, document: Document) -> Deletion | None:
        """Return the document's last deletion, or None."""
        with calling("dynamodb"):
            found = self._table.get_item(Key=deletion_key(document), ConsistentRead=True)
        return Deletion.model_validate(found["Item"]) if "Item" in found else None

    def keep(self, document: Document, deletion: Deletion) -> None:
        """Write how far it is, unless a later deletion was asked for meanwhile."""
        newest = Attr("requested_at").not_exists() | Attr("requested_at").lte(deletion.requested_at)
        put_if(
            self._table,
            {
                "Item": {**deletion_key(document), **deletion.model_dump()},
                "ConditionExpression": newest,
            },
        )
