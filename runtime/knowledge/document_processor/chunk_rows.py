"""Chunks as rows of the documents table."""

from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from runtime.knowledge.document_processor.ports import Edition
from runtime.shared.aws_errors import calling
from runtime.shared.documents import CHUNK_PREFIX, Document

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import QueryInputTableQueryTypeDef


class ChunkRows:
    """Implements `ports.CountedStore`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def write(self, edition: Edition) -> None:
        """Store a row for each chunk; the batch writer repeats what DynamoDB left unprocessed."""
        document = edition.document
        with calling("dynamodb"), self._table.batch_writer() as batch:
            for chunk in edition.content.chunks:
                batch.put_item(
                    Item={
                        "pk": document.partition,
                        "sk": f"{document.chunk_prefix(edition.version)}{chunk.index:05d}",
                        "chunk_id": document.chunk_id(edition.version, chunk.index),
                        "version": edition.version,
                        **chunk.model_dump(exclude_none=True),
                    },
                )

    def count(self, document: Document, version: str | None) -> int:
        """Return how many rows of one version there are, or of all."""
        query = self._rows(document, version)
        query["Select"] = "COUNT"
        total = 0
        with calling("dynamodb"):
            while True:
                page = self._table.query(**query)
                total += page["Count"]
                if "LastEvaluatedKey" not in page:
                    return total
                query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def delete(self, document: Document, version: str | None) -> None:
        """Remove the rows of one version, or of all."""
        query = self._rows(document, version)
        query["ProjectionExpression"] = "pk, sk"
        with calling("dynamodb"), self._table.batch_writer() as batch:
            while True:
                page = self._table.query(**query)
                for row in page["Items"]:
                    batch.delete_item(Key={"pk": row["pk"], "sk": row["sk"]})
                if "LastEvaluatedKey" not in page:
                    return
                query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _rows(self, document: Document, version: str | None) -> "QueryInputTableQueryTypeDef":
        prefix = document.chunk_prefix(version) if version else CHUNK_PREFIX
        return {
            "KeyConditionExpression": Key("pk").eq(document.partition)
            & Key("sk").begins_with(prefix),
            "ConsistentRead": True,
        }
