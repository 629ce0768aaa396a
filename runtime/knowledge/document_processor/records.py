"""Document records as the processor writes them; every write happens under the document's lease."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError

from runtime.knowledge.document_processor.leases import lease_key
from runtime.knowledge.document_processor.ports import (
    Delivery,
    Edition,
    Lease,
    RecordGoneError,
    UploadedObject,
)
from runtime.shared.aws_errors import calling
from runtime.shared.conditional_writes import delete_if, update_if
from runtime.shared.documents import UNSEEN, Document, DocumentRecord, Status
from runtime.shared.errors import UnavailableError

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import UpdateItemInputTableUpdateItemTypeDef

Value = str | int | bool | set[str] | None

_STATUS = {"#status": "status"}  # a reserved word of DynamoDB
_DESCRIBED = "filename = :filename, content_type = :content_type, size_bytes = :size_bytes"


class DynamoRecords:
    """Implements `ports.Records`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def find(self, document: Document) -> DocumentRecord | None:
        """Return the record as it is now, or None."""
        with calling("dynamodb"):
            found = self._table.get_item(Key=document.record_key, ConsistentRead=True)
        return DocumentRecord.model_validate(found["Item"]) if "Item" in found else None

    def start(
        self, document: Document, version: str, uploaded: UploadedObject, delivery: Delivery
    ) -> None:
        """Status `received`; an object may also arrive without having been announced."""
        self._update(
            document,
            "SET #status = :received, version = :version, attempt = :attempt, updated_at = :now,"
            " object_version = :object_version,"
            " document_id = :document_id, object_key = :key,"
            " filename = if_not_exists(filename, :filename),"
            " revision = if_not_exists(revision, :zero),"
            " created_at = if_not_exists(created_at, :now)"
            + (", abandoned_after = :end REMOVE reason" if delivery.is_last else _OPEN_ENDED),
            {
                ":received": "received",
                ":version": version,
                ":object_version": uploaded.version_id,
                ":attempt": delivery.attempt,
                ":document_id": document.document_id,
                ":key": uploaded.key,
                ":filename": uploaded.filename,
                ":zero": 0,
                **({":end": int(delivery.dies_at) + 1} if delivery.is_last else {}),
            },
            must_exist=False,
        )

    def stage(self, document: Document, status: Status) -> None:
        """Tell which stage the version has reached."""
        self._update(document, "SET #status = :status, updated_at = :now", {":status": status})

    def index(self, document: Document, version: str) -> None:
        """Status `indexing`; from here on the version may leave traces in the stores."""
        self._update(
            document,
            "SET #status = :status, updated_at = :now ADD traces :version",
            {":status": "indexing", ":version": {version}},
        )

    def fail(self, document: Document, uploaded: UploadedObject | None, reason: str) -> None:
        """Status `failed` for this object, or for whatever could not be looked at."""
        self._update(
            document,
            "SET #status = :failed, reason = :reason, updated_at = :now,"
            " object_version = :object_version REMOVE abandoned_after",
            {
                ":failed": "failed",
                ":reason": reason,
                ":object_version": uploaded.version_id if uploaded else UNSEEN,
            },
        )

    def publish(self, lease: Lease, edition: Edition, uploaded: UploadedObject) -> None:
        """Flip the pointer that readers follow, while the lease is held and the record exists."""
        document, content = lease.document, edition.content
        values: dict[str, Value] = {
            ":ready": "ready",
            ":version": edition.version,
            ":chunk_count": len(content.chunks),
            ":pages": content.pages,
            ":title": content.title,
            ":now": _now(),
            **_described(uploaded),
        }
        flip = (
            "SET #status = :ready, live_version = :version, chunk_count = :chunk_count,"
            f" pages = :pages, title = if_not_exists(title, :title), updated_at = :now,{_DESCRIBED}"
            " REMOVE reason, attempt, abandoned_after"
        )
        try:
            with calling("dynamodb"):
                self._table.meta.client.transact_write_items(
                    TransactItems=[
                        {
                            "ConditionCheck": {
                                "TableName": self._table.name,
                                "Key": lease_key(document),
                                "ConditionExpression": "lease_token = :token",
                                "ExpressionAttributeValues": {":token": lease.token},
                            },
                        },
                        {
                            "Update": {
                                "TableName": self._table.name,
                                "Key": document.record_key,
                                "UpdateExpression": flip,
                                "ConditionExpression": "attribute_exists(pk)",
                                "ExpressionAttributeNames": _STATUS,
                                "ExpressionAttributeValues": values,
                            },
                        },
                    ],
                )
        except ClientError as error:
            raise _why_cancelled(error) from error

    def confirm(self, document: Document, uploaded: UploadedObject) -> None:
        """Status `ready` for the version that is live already."""
        self._update(
            document,
            f"SET #status = :ready, version = live_version, updated_at = :now, {_DESCRIBED},"
            " object_version = :object_version REMOVE reason, attempt, abandoned_after",
            {":ready": "ready", ":object_version": uploaded.version_id, **_described(uploaded)},
        )

    def erase_traces(self, document: Document, version: str) -> None:
        """Note that the stores hold nothing of this version any more."""
        self._update(
            document, "SET updated_at = :now DELETE traces :version", {":version": {version}}
        )

    def forget(self, document: Document) -> None:
        """Remove the record, unless it awaits a new upload: then only what it says is live."""
        removed = delete_if(
            self._table,
            {
                "Key": document.record_key,
                "ConditionExpression": (
                    Attr("status").not_exists() | Attr("status").ne("awaiting_upload")
                ),
            },
        )
        if not removed:
            self._update(
                document,
                "SET updated_at = :now"
                " REMOVE live_version, version, object_version, traces, chunk_count, pages, reason,"
                " attempt",
                {},
            )

    def _update(
        self,
        document: Document,
        update: str,
        values: Mapping[str, Value],
        *,
        must_exist: bool = True,
    ) -> None:
        request: UpdateItemInputTableUpdateItemTypeDef = {
            "Key": document.record_key,
            "UpdateExpression": update,
            "ExpressionAttributeValues": {":now": _now(), **values},
        }
        if "#status" in update:
            request["ExpressionAttributeNames"] = _STATUS
        if must_exist:
            request["ConditionExpression"] = "attribute_exists(pk)"
        if not update_if(self._table, request):
            raise RecordGoneError(document.document_id)


_OPEN_ENDED = " REMOVE reason, abandoned_after"


def _described(uploaded: UploadedObject) -> dict[str, Value]:
    return {
        ":filename": uploaded.filename,
        ":content_type": uploaded.content_type,
        ":size_bytes": uploaded.size_bytes,
    }


def _why_cancelled(error: ClientError) -> Exception:
    """Tell a lost lease (first condition) from a deleted record (second)."""
    reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
    match reasons:
        case ["ConditionalCheckFailed", *_]:
            return UnavailableError("the lease on the document was lost")
        case [_, "ConditionalCheckFailed"]:
            return RecordGoneError("deleted before it went live")
        case _:
            return error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
