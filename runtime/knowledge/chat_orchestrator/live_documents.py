"""Which version of each document readers may see."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from runtime.knowledge.chat_orchestrator.ports import Hit, LiveDocument
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

    def beside(self, tenant: str, hits: Sequence[Hit]) -> dict[str, list[Hit]]:
        """Return each hit among its neighbours, read from the rows of the documents' chunks."""
        wanted = {
            (hit.document_id, hit.version, hit.index + offset): hit
            for hit in hits
            for offset in (-1, 1)
            if hit.index + offset >= 0
        }
        keys = [_row_key(tenant, hit, index) for (_, _, index), hit in wanted.items()]
        rows = {
            (row["pk"], row["sk"]): row
            for start in range(0, len(keys), KEYS_PER_CALL)
            for row in self._items(keys[start : start + KEYS_PER_CALL])
        }
        return {hit.chunk_id: _among(tenant, hit, rows) for hit in hits}

    def _items(self, keys: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        wanted: Any = {self._table: {"Keys": keys, "ConsistentRead": True}}
        with calling("dynamodb"):
            while wanted:  # DynamoDB may leave some for the next call
                found = self._dynamodb.batch_get_item(RequestItems=wanted)
                items += found["Responses"].get(self._table, [])
                wanted = found["UnprocessedKeys"]
        return items


def _row_key(tenant: str, hit: Hit, index: int) -> dict[str, str]:
    document = Document(tenant, hit.document_id)
    sort_key = f"{document.chunk_prefix(hit.version)}{index:05d}"
    return {"pk": document.partition, "sk": sort_key}


def _among(tenant: str, hit: Hit, rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> list[Hit]:
    """Return a hit and what stands beside it under the same headings."""
    found: list[Hit] = []
    for index in (hit.index - 1, hit.index, hit.index + 1):
        key = _row_key(tenant, hit, index)
        row = rows.get((key["pk"], key["sk"]))
        if index == hit.index:
            found.append(hit)
        elif row and row.get("headings", []) == hit.headings:
            place = {"document_id": hit.document_id, "version": hit.version}
            found.append(Hit.model_validate({**row, **place}))
    return found
