"""DynamoDB and S3 as records use them."""

from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

from runtime.knowledge.dynamodb_crud_handler.fields import UpdateRecord
from runtime.shared.aws_errors import calling, error_code
from runtime.shared.conditional_writes import put_if
from runtime.shared.deletions import Deletion, deletion_key
from runtime.shared.documents import RECORD_PREFIX, Document, DocumentRecord
from runtime.shared.errors import UnavailableError

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import QueryInputTableQueryTypeDef
    from types_boto3_s3 import S3Client


class DynamoRecords:
    """Implements `core.Records`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def find(self, document: Document) -> DocumentRecord | None:
        """Return the record as it is now, or None."""
        with calling("dynamodb"):
            found = self._table.get_item(Key=document.record_key, ConsistentRead=True)
        return DocumentRecord.model_validate(found["Item"]) if "Item" in found else None

    def page(
        self, tenant: str, limit: int, after: Document | None
    ) -> tuple[list[DocumentRecord], bool]:
        """Return records in the order of their ids; DynamoDB may end a page early, at 1 MB."""
        query: QueryInputTableQueryTypeDef = {
            "KeyConditionExpression": Key("pk").eq(tenant) & Key("sk").begins_with(RECORD_PREFIX),
            "Limit": limit,
        }
        if after:
            query["ExclusiveStartKey"] = after.record_key
        with calling("dynamodb"):
            found = self._table.query(**query)
        records = [DocumentRecord.model_validate(item) for item in found["Items"]]
        return records, "LastEvaluatedKey" in found

    def create(self, document: Document, record: DocumentRecord) -> None:
        """Store a new record."""
        created = put_if(
            self._table,
            {
                "Item": {**document.record_key, **record.model_dump(exclude={"traces"})},
                "ConditionExpression": Attr("pk").not_exists(),
            },
        )
        if not created:
            raise UnavailableError("the new record's id was taken")

    def update(
        self, document: Document, fields: UpdateRecord, revision: int, updated_at: str
    ) -> DocumentRecord | None:
        """Set the user's fields if the record still has this revision, else return None."""
        values = {**fields.model_dump(), "revision": revision + 1, "updated_at": updated_at}
        try:
            with calling("dynamodb"):
                updated = self._table.update_item(
                    Key=document.record_key,
                    UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
                    ConditionExpression=Attr("revision").eq(revision),
                    ExpressionAttributeNames={f"#{name}": name for name in values},
                    ExpressionAttributeValues={f":{name}": each for name, each in values.items()},
                    ReturnValues="ALL_NEW",
                )
        except ClientError as error:
            if error_code(error) == "ConditionalCheckFailedException":
                return None
            raise
        return DocumentRecord.model_validate(updated.get("Attributes"))

    def delete(self, document: Document) -> None:
        """Remove the record; from here on readers find nothing of the document."""
        with calling("dynamodb"):
            self._table.delete_item(Key=document.record_key)


class DynamoDeletions:
    """Implements `core.Deletions`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def find(self, document: Document) -> Deletion | None:
        """Return the document's last deletion, or None."""
        with calling("dynamodb"):
            found = self._table.get_item(Key=deletion_key(document), ConsistentRead=True)
        return Deletion.model_validate(found["Item"]) if "Item" in found else None

    def request(self, document: Document, deletion: Deletion) -> None:
        """Note that the document is to be deleted."""
        with calling("dynamodb"):
            self._table.put_item(Item={**deletion_key(document), **deletion.model_dump()})


class S3Objects:
    """Implements `core.Objects`."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def delete(self, key: str) -> None:
        """Put a delete marker on the object; the bucket's lifecycle removes its versions."""
        with calling("s3"):
            self._s3.delete_object(Bucket=self._bucket, Key=key)
