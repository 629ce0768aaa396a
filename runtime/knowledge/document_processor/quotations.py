"""Quotations of a document in conversations and in the interaction log."""

from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr, Key

from runtime.shared.aws_errors import calling
from runtime.shared.cited_turns import GONE, cited_partition
from runtime.shared.conditional_writes import update_if
from runtime.shared.documents import Document

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import QueryInputTableQueryTypeDef


class Quotations:
    """Implements `ports.ErasableStore`: the turns stay, without what they took from the document.

    An answer is made from its passages, word for word when no model answered: it goes too.
    """

    def __init__(self, conversations: "Table") -> None:
        self._table = conversations

    def count(self, document: Document, version: str | None) -> int:  # noqa: ARG002 - of all
        """Return how many turns quote the document."""
        return len(self._turns(document))

    def delete(self, document: Document, version: str | None) -> None:  # noqa: ARG002 - of all
        """Take answer and quotations out of each turn, then forget that it quoted."""
        for turn in self._turns(document):
            self._blank(turn["message"], "content = :gone, citations = :none")
            self._blank(turn["interaction"], "answer = :gone, citations = :none, sources = :none")
            with calling("dynamodb"):
                self._table.delete_item(Key={"pk": turn["pk"], "sk": turn["sk"]})

    def _blank(self, key: dict[str, str], fields: str) -> None:
        """Blank fields of a row, if it has not expired meanwhile."""
        update_if(
            self._table,
            {
                "Key": key,
                "UpdateExpression": f"SET {fields}",
                "ExpressionAttributeValues": {":gone": GONE, ":none": []},
                "ConditionExpression": Attr("pk").exists(),
            },
        )

    def _turns(self, document: Document) -> list[dict[str, Any]]:
        query: QueryInputTableQueryTypeDef = {
            "KeyConditionExpression": Key("pk").eq(
                cited_partition(document.tenant, document.document_id)
            ),
            "ConsistentRead": True,
        }
        turns: list[dict[str, Any]] = []
        with calling("dynamodb"):
            while True:
                page = self._table.query(**query)
                turns += page["Items"]
                if "LastEvaluatedKey" not in page:
                    return turns
                query["ExclusiveStartKey"] = page["LastEvaluatedKey"]
