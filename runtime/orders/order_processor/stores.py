"""The table of orders as the processor writes it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from runtime.orders.order_processor.core import Paid
from runtime.orders.shared.events import OrderEvent
from runtime.orders.shared.order import OrderKey, iso, product_row
from runtime.orders.shared.outbox import outbox
from runtime.orders.shared.rows import OrderRows
from runtime.shared.aws_errors import calling
from runtime.shared.errors import UnavailableError
from runtime.shared.transactions import transact

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


class DynamoOrders(OrderRows):
    """Implements `core.Orders`."""

    def prices(self, tenant: str, skus: Sequence[str]) -> dict[str, int]:
        """Return the price in cents of each product that there is."""
        name, client = self.table.name, self.table.meta.client
        keys = [product_row(tenant, sku) for sku in skus]
        with calling("dynamodb"):
            found = client.batch_get_item(
                RequestItems={name: {"Keys": keys, "ConsistentRead": True}}
            )
        if found["UnprocessedKeys"]:
            raise UnavailableError("dynamodb did not return all products")
        items: list[dict[str, Any]] = [dict(item) for item in found["Responses"].get(name, [])]
        return {str(item["sku"]): int(item["price_cents"]) for item in items}

    def accept(self, key: OrderKey, paid: Paid, events: Sequence[OrderEvent], now: float) -> bool:
        """Write payment, order and events together; False when the order is not waiting."""
        name = self.table.name
        order: TransactWriteItemTypeDef = {
            "Update": {
                "TableName": name,
                "Key": key.order,
                "UpdateExpression": "SET #status = :paid, amount_cents = :amount, updated_at = :now"
                " REMOVE reason",
                "ConditionExpression": "#status = :received",
                "ExpressionAttributeNames": {"#status": "status"},
                "ExpressionAttributeValues": {
                    ":paid": "paid",
                    ":received": "received",
                    ":amount": paid.amount_cents,
                    ":now": iso(now),
                },
            }
        }
        payment: TransactWriteItemTypeDef = {
            "Put": {
                "TableName": name,
                "Item": {
                    **key.row("PAYMENT"),
                    "payment_id": paid.payment_id,
                    "amount_cents": paid.amount_cents,
                    "currency": paid.currency,
                    "state": "captured",
                    "captured_at": iso(now),
                    # Payments of a day are found by it, whosever they are.
                    "day": iso(now)[:10],
                },
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }
        writes = [order, payment, *(outbox(name, event, now) for event in events)]
        return all(transact(self.table.meta.client, writes))
