"""The outbox: an event is a row, written in the transaction of what it tells.

The table's stream brings the row to the publisher. It may go after a month, when the bus's archive
forgets the event too.
"""

from typing import TYPE_CHECKING

from runtime.orders.shared.events import OrderEvent

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

KEPT_SECONDS = 30 * 24 * 3600


def outbox(table: str, event: OrderEvent, now_seconds: float) -> "TransactWriteItemTypeDef":
    """Return the write of an event that happens once; it fails when there is one already."""
    return {
        "Put": {
            "TableName": table,
            "Item": {
                **event.key.row("OUTBOX", event.detail_type),
                "event": event.model_dump_json(),
                "expires_at": int(now_seconds) + KEPT_SECONDS,
            },
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }
