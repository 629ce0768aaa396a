"""Which version of each document readers may see."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from runtime.knowledge.chat_orchestrator.ports import LiveDocument
from runtime.shared.aws_errors import calling
from runtime.shared.documents import Document, DocumentRecord

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

KEYS_PER_CALL = 100
"""BatchGetItem takes no more."""


class LiveDocuments:
    """Implements `ports.Documents` with consistent reads of the documents' records."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        self._dynamodb, self._table = dynamodb, table

    def live(self, tenant: str, document_ids: Iterable[str]) -> dict[str, LiveDocument]:
        """Return what is live of those documents that have a live version."""
        keys = [Document(tenant, document_id).record_key for document_id in sorted(document_ids)]
        records = [
            DocumentRecord.model_validate(item)
            for start in range(0, len(keys), KEYS_PER_CALL)
            for item in self._items(keys[start : start + KEYS_PER_CALL])
        ]
        return {
            record.document_id: LiveDocument(record.live_version, record.filename or "")
            for record in records
            if record.live_version
        }

    def _items(self, keys: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        wanted: Any = {self._table: {"Keys": keys, "ConsistentRead": True}}
        with calling("dynamodb"):
            while wanted:  # DynamoDB may leave some for the next call
                found = self._dynamodb.batch_get_item(RequestItems=wanted)
                items += found["Responses"].get(self._table, [])
                wanted = found["UnprocessedKeys"]
        return items
