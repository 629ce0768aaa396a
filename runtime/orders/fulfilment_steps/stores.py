"""The table of orders as the tasks of the fulfilment write it."""

from typing import TYPE_CHECKING, Any

from runtime.orders.fulfilment_steps.core import UNDER_WAY
from runtime.orders.shared.events import OrderCancelled, OrderShipped
from runtime.orders.shared.order import Line, OrderKey, iso, product_row
from runtime.orders.shared.outbox import outbox
from runtime.orders.shared.rows import OrderRows
from runtime.shared.errors import InvalidRequestError, UnavailableError
from runtime.shared.transactions import transact

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_UNDER_WAY = {f":{status}": status for status in UNDER_WAY}
_IS_UNDER_WAY = f"#status IN ({', '.join(_UNDER_WAY)})"
_STATUS = {"#status": "status"}


class DynamoOrders(OrderRows):
    """Implements `core.Orders`."""

    def reserved(self, key: OrderKey) -> list[Line] | None:
        """Return what is set aside for the order, or None."""
        row = self.row(key.row("RESERVATION"))
        return [Line.model_validate(line) for line in row["lines"]] if row else None

    def reserve(self, key: OrderKey, lines: list[Line]) -> list[str]:
        """Set aside all of it; returns the products of which there is too little."""
        wanted = _sums(lines)
        held = transact(
            self.table.meta.client,
            [
                self._still(key),
                self._new(key.row("RESERVATION"), {"lines": [line.model_dump() for line in lines]}),
                *(self._stock(key.tenant, sku, -quantity) for sku, quantity in wanted.items()),
            ],
        )
        if not held[0]:
            raise InvalidRequestError("the order is not being fulfilled")
        if not held[1]:  # a concurrent run of the same task was faster
            return []
        return [sku for sku, enough in zip(wanted, held[2:], strict=True) if not enough]

    def unshippable(self, tenant: str, lines: list[Line]) -> list[str]:
        """Return the products that the carrier does not take, or that are gone."""
        found = {sku: self.row(product_row(tenant, sku)) for sku in _sums(lines)}
        return [sku for sku, row in found.items() if row is None or not row.get("shippable", True)]

    def book(self, key: OrderKey, tracking: str) -> bool:
        """Note the pickup; a second time it is the same."""
        booking: TransactWriteItemTypeDef = {
            "Put": {
                "TableName": self.table.name,
                "Item": {**key.row("BOOKING"), "tracking": tracking},
            }
        }
        return all(transact(self.table.meta.client, [self._still(key), booking]))

    def ask(self, key: OrderKey, token: str, now: str) -> bool:
        """Note who waits for a person's decision; a later token replaces an earlier one."""
        question: TransactWriteItemTypeDef = {
            "Put": {
                "TableName": self.table.name,
                "Item": {**key.row("APPROVAL"), "token": token, "asked_at": now},
            }
        }
        status = self._status(key, "awaiting_approval", now)
        return all(transact(self.table.meta.client, [status, question]))

    def ship(self, event: OrderShipped, now: float) -> bool:
        """Note that the carrier has it, with the event."""
        key = event.key
        writes = [
            self._status(key, "shipped", iso(now)),
            self._gone(key.row("APPROVAL")),
            outbox(self.table.name, event, now),
        ]
        return all(transact(self.table.meta.client, writes))

    def payment_id(self, key: OrderKey) -> str | None:
        """Return the id of what was charged, or None."""
        row = self.row(key.row("PAYMENT"))
        return str(row["payment_id"]) if row else None

    def cancel(
        self, event: OrderCancelled, refund_id: str | None, released: list[Line] | None, now: float
    ) -> None:
        """Undo everything that is noted, with the event; UnavailableError when it has changed."""
        key = event.key
        writes = [
            self._status(key, "cancelled", iso(now), event.reason),
            self._reservation(key, released),
            *(
                self._stock(key.tenant, sku, quantity)
                for sku, quantity in _sums(released or []).items()
            ),
            self._gone(key.row("BOOKING")),
            self._gone(key.row("APPROVAL")),
            outbox(self.table.name, event, now),
        ]
        if refund_id is not None:
            writes.append(self._refunded(key, refund_id, iso(now)))
        if not all(transact(self.table.meta.client, writes)):
            raise UnavailableError("the order changed while it was being undone")

    def _still(self, key: OrderKey) -> "TransactWriteItemTypeDef":
        """Hold while the order is being fulfilled."""
        return {
            "ConditionCheck": {
                "TableName": self.table.name,
                "Key": key.order,
                "ConditionExpression": _IS_UNDER_WAY,
                "ExpressionAttributeNames": _STATUS,
                "ExpressionAttributeValues": _UNDER_WAY,
            }
        }

    def _status(
        self, key: OrderKey, status: str, now: str, reason: str | None = None
    ) -> "TransactWriteItemTypeDef":
        change = "SET #status = :to, updated_at = :now"
        values: dict[str, Any] = {**_UNDER_WAY, ":to": status, ":now": now}
        if reason is not None:
            change, values[":reason"] = f"{change}, reason = :reason", reason
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": key.order,
                "UpdateExpression": change,
                "ConditionExpression": _IS_UNDER_WAY,
                "ExpressionAttributeNames": _STATUS,
                "ExpressionAttributeValues": values,
            }
        }

    def _stock(self, tenant: str, sku: str, change: int) -> "TransactWriteItemTypeDef":
        """Take from the stock what there is, or put it back."""
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": product_row(tenant, sku),
                "UpdateExpression": "ADD stock :change",
                "ConditionExpression": "stock >= :needed",
                "ExpressionAttributeValues": {":change": change, ":needed": max(0, -change)},
            }
        }

    def _reservation(
        self, key: OrderKey, released: list[Line] | None
    ) -> "TransactWriteItemTypeDef":
        """Delete the reservation that was seen, and find out when there is another by now."""
        row = key.row("RESERVATION")
        exists = "attribute_not_exists(pk)" if released is None else "attribute_exists(pk)"
        return {"Delete": {"TableName": self.table.name, "Key": row, "ConditionExpression": exists}}

    def _refunded(self, key: OrderKey, refund_id: str, now: str) -> "TransactWriteItemTypeDef":
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": key.row("PAYMENT"),
                "UpdateExpression": "SET #state = :state, refund_id = :id, refunded_at = :now, "
                "refund_day = :day",
                "ExpressionAttributeNames": {"#state": "state"},
                "ExpressionAttributeValues": {
                    ":state": "refunded",
                    ":id": refund_id,
                    ":now": now,
                    ":day": now[:10],
                },
            }
        }

    def _new(self, row: dict[str, str], content: dict[str, Any]) -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self.table.name,
                "Item": {**row, **content},
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }

    def _gone(self, row: dict[str, str]) -> "TransactWriteItemTypeDef":
        return {"Delete": {"TableName": self.table.name, "Key": row}}


def _sums(lines: list[Line]) -> dict[str, int]:
    """Return how much of each product: DynamoDB takes one write of an item in a transaction."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.sku] = sums.get(line.sku, 0) + line.quantity
    return sums
