"""DynamoDB and S3 as uploads use them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from runtime.knowledge.s3_unified_handler.core import ExpectedObject
from runtime.shared.aws_errors import calling
from runtime.shared.documents import Document, DocumentRecord

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
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

    def await_upload(
        self, document: Document, expected: ExpectedObject, subject: str, until: int
    ) -> None:
        """Say that an object is expected; what is live stays live and described as it was."""
        with calling("dynamodb"):
            self._table.update_item(
                Key=document.record_key,
                UpdateExpression=(
                    "SET #status = :status, abandoned_after = :until, updated_at = :now,"
                    " document_id = :document_id,"
                    " object_key = if_not_exists(object_key, :key),"
                    " filename = if_not_exists(filename, :filename),"
                    " content_type = if_not_exists(content_type, :content_type),"
                    " size_bytes = if_not_exists(size_bytes, :size_bytes),"
                    " revision = if_not_exists(revision, :zero),"
                    " created_at = if_not_exists(created_at, :now),"
                    " created_by = if_not_exists(created_by, :subject)"
                    " REMOVE reason, attempt"
                ),
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={
                    ":status": "awaiting_upload",
                    ":until": until,
                    ":now": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    ":document_id": document.document_id,
                    ":key": expected.key,
                    ":filename": expected.filename,
                    ":content_type": expected.content_type,
                    ":size_bytes": expected.size_bytes,
                    ":zero": 0,
                    ":subject": subject,
                },
            )


class S3Forms:
    """Implements `core.Forms`: presigned POSTs, the only presigned form that limits the size."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def sign(self, expected: ExpectedObject, expires_in_seconds: int) -> tuple[str, dict[str, str]]:
        """Return URL and fields; S3 checks each condition against the form it receives."""
        fields = {
            "Content-Type": expected.content_type,
            "x-amz-meta-tenant": expected.tenant,
            "x-amz-meta-announced": expected.announced_at,
            # Metadata is sent in headers, which are ASCII.
            "x-amz-meta-filename": quote(expected.filename, safe=""),
        }
        conditions: list[Any] = [{name: value} for name, value in fields.items()]
        conditions.append(["content-length-range", expected.size_bytes, expected.size_bytes])
        with calling("s3"):
            form = self._s3.generate_presigned_post(
                self._bucket,
                expected.key,
                Fields=fields,
                Conditions=conditions,
                ExpiresIn=expires_in_seconds,
            )
        return form["url"], form["fields"]
