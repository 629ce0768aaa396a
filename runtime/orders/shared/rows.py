"""The table of orders, as more than one function reads and writes it."""

from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr

from runtime.orders.shared.order import Order, OrderKey, Status
from runtime.shared.aws_errors import calling
from runtime.shared.conditional_writes import put_if, update_if

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table


class OrderRows:
    """The rows of orders and of what belongs to them."""

    def __init__(self, table: "Table") -> None:
        self.table = table

    def create(self, tenant: str, order: Order) -> bool:
        """Store a new order; False when there is one with its id."""
        key = OrderKey(tenant, order.order_id)
        found_by = {"address": f"{tenant}#{order.email_hash}"}
        return put_if(
            self.table,
            {
                "Item": {**key.order, **found_by, **order.model_dump()},
                "ConditionExpression": Attr("pk").not_exists(),
            },
        )

    def find(self, key: OrderKey) -> Order | None:
        """Return the order as it is now, or None."""
        row = self.row(key.order)
        return Order.model_validate(row) if row else None

    def row(self, key: dict[str, str]) -> dict[str, Any] | None:
        """Return any row as it is now, or None."""
        with calling("dynamodb"):
            found = self.table.get_item(Key=key, ConsistentRead=True)
        return dict(found["Item"]) if "Item" in found else None

    def end(self, key: OrderKey, status: Status, reason: str, now: str) -> bool:
        """Give an order that is still in the queue its end, or a reason why it waits.

        False when it has an end.
        """
        return update_if(
            self.table,
            {
                "Key": key.order,
                "UpdateExpression": "SET #status = :status, reason = :reason, updated_at = :now",
                "ConditionExpression": Attr("status").eq("received"),
                "ExpressionAttributeNames": {"#status": "status"},
                "ExpressionAttributeValues": {":status": status, ":reason": reason, ":now": now},
            },
        )
