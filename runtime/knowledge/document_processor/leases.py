"""Leases on documents: one DynamoDB item beside the document's chunk rows, written on conditions.

Functions are killed when their time is over, so a lease that ends a second later can be taken
without asking whether its holder is still alive.
"""

import time
from typing import TYPE_CHECKING
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from runtime.knowledge.document_processor.ports import Delivery, Lease, NotNowError
from runtime.shared.conditional_writes import delete_if, update_if
from runtime.shared.documents import Document

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table

BUSY_SECONDS = 60
"""How long to wait for a holder that cannot be asked; it has 600 s at most."""
_ACQUIRE_ATTEMPTS = 3


def lease_key(document: Document) -> dict[str, str]:
    """Return the key of a document's lease."""
    return {"pk": document.partition, "sk": "LEASE"}


class DynamoLeases:
    """Implements `ports.Leases`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def acquire(self, document: Document, delivery: Delivery) -> Lease | None:
        """Take the lease, or ask its holder to look again.

        A holder at its last attempt is not asked: if it failed, nobody would come back for the
        change it was told of. Between the two conditions the holder may leave, hence the attempts.
        """
        for _ in range(_ACQUIRE_ATTEMPTS):
            lease = Lease(document, token=str(uuid4()))
            if self._take(lease, delivery):
                return lease
            if self._ask_holder(document):
                return None
        raise NotNowError("another delivery is working on this document", BUSY_SECONDS)

    def release(self, lease: Lease) -> bool:
        """Give the lease back; False, and the request taken note of, when asked to look again."""
        mine = Attr("lease_token").eq(lease.token)
        if delete_if(
            self._table,
            {
                "Key": lease_key(lease.document),
                "ConditionExpression": mine & Attr("look_again").not_exists(),
            },
        ):
            return True
        asked = update_if(
            self._table,
            {
                "Key": lease_key(lease.document),
                "UpdateExpression": "REMOVE look_again",
                "ConditionExpression": mine,
            },
        )
        return not asked

    def drop(self, lease: Lease) -> None:
        """Give the lease back."""
        mine = Attr("lease_token").eq(lease.token)
        delete_if(self._table, {"Key": lease_key(lease.document), "ConditionExpression": mine})

    def _take(self, lease: Lease, delivery: Delivery) -> bool:
        free = Attr("lease_token").not_exists() | Attr("held_until").lt(int(time.time()))
        return update_if(
            self._table,
            {
                "Key": lease_key(lease.document),
                "UpdateExpression": (
                    "SET lease_token = :token, held_until = :until, last_attempt = :last"
                    " REMOVE look_again"
                ),
                "ConditionExpression": free,
                "ExpressionAttributeValues": {
                    ":token": lease.token,
                    ":until": int(delivery.dies_at) + 1,
                    ":last": delivery.is_last,
                },
            },
        )

    def _ask_holder(self, document: Document) -> bool:
        alive = Attr("held_until").gte(int(time.time()))
        comes_back = Attr("last_attempt").eq(False)  # noqa: FBT003 - a value, not a flag
        return update_if(
            self._table,
            {
                "Key": lease_key(document),
                "UpdateExpression": "SET look_again = :true",
                "ConditionExpression": alive & comes_back,
                "ExpressionAttributeValues": {":true": True},
            },
        )
