"""Orders of a tenant: their rows, their states, and who they are for.

One table has everything of a tenant, so that what belongs together is written in one transaction:

    pk {tenant}   sk ORDER#{order_id}               the order
                  sk PAYMENT#{order_id}             what was charged for it
                  sk OUTBOX#{order_id}#{event}      an event that is to be published
                  sk PRODUCT#{sku}                  what can be ordered, and how much of it is left
                  sk RESERVATION#{order_id}         what is set aside for it
                  sk BOOKING#{order_id}             the carrier's pickup
                  sk APPROVAL#{order_id}            the question to a person
                  sk SETTLEMENT#{day}               what a day's payments add up to

What customers were told is in a table of its own, which the notifier writes: rows of this one set
its publisher off.

    pk {tenant}#{order_id}   sk {event}   told_at
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field, TypeAdapter

from runtime.shared.shape import QUIET, Shape

Status = Literal[
    "received",  # in the queue
    "paid",
    "awaiting_approval",
    "shipped",
    "rejected",  # what it asks for cannot be sold
    "declined",  # the payment service said no
    "cancelled",  # paid, then undone and refunded
]
FINAL = frozenset({"shipped", "rejected", "declined", "cancelled"})
"""States that an order never leaves."""

ORDER_ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
ORDER_ID = TypeAdapter(Annotated[str, Field(pattern=ORDER_ID_PATTERN)], config=QUIET)
SKU_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
Sku = Annotated[str, Field(pattern=SKU_PATTERN)]
SKU = TypeAdapter(Sku, config=QUIET)
DAY = TypeAdapter(Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")], config=QUIET)
CURRENCY = "EUR"
# DynamoDB takes 100 items in a transaction: each product, the reservation, and room for the rest.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
MOST_LINES = 50


class Line(Shape):
    """So many of one product."""

    sku: Sku
    quantity: Annotated[int, Field(ge=1, le=1000)]


class Customer(Shape):
    """Whom an order is for; in a row and in an event each text is a ciphertext."""

    name: str
    email: str
    address: str


class Order(Shape):
    """The row of an order."""

    order_id: str
    status: Status
    reason: str | None = None
    """Why it ended as it did; written for the tenant's users, without personal data."""
    customer_id: str
    customer: Customer
    """Encrypted field by field; see `personal.py`."""
    email_hash: str
    """By which the orders of one address are found; see `personal.py`."""
    lines: list[Line]
    amount_cents: int | None = None
    """Known when the prices were looked up."""
    currency: str = CURRENCY
    fingerprint: str
    """Of the request: another one with the same idempotency key is not this order."""
    correlation_id: str
    created_at: str
    updated_at: str


@dataclass(frozen=True)
class OrderKey:
    """One order of one tenant, and the keys of its rows."""

    tenant: str
    order_id: str

    def row(self, kind: str, part: str = "") -> dict[str, str]:
        """Return the key of its row of a kind, such as `PAYMENT`."""
        return {"pk": self.tenant, "sk": f"{kind}#{self.order_id}" + (f"#{part}" if part else "")}

    @property
    def notices(self) -> str:
        """Partition of what its customer was told, in the table of notices."""
        return f"{self.tenant}#{self.order_id}"

    @property
    def order(self) -> dict[str, str]:
        """Key of the order itself."""
        return self.row("ORDER")


def product_row(tenant: str, sku: str) -> dict[str, str]:
    """Return the key of a product."""
    return {"pk": tenant, "sk": f"PRODUCT#{sku}"}


class Settlement(Shape):
    """What the payments of a day (UTC) add up to, as far as they are known now."""

    day: str
    payments: int
    captured_cents: int
    refunds: int
    refunded_cents: int
    currency: str = CURRENCY


def settlement_row(tenant: str, day: str) -> dict[str, str]:
    """Return the key of a day's settlement."""
    return {"pk": tenant, "sk": f"SETTLEMENT#{day}"}


def order_key(tenant: str, idempotency_key: str) -> OrderKey:
    """Return the order that an idempotency key stands for: repeated, it is the same order."""
    name = f"https://rampart.invalid/orders/{tenant}/{idempotency_key}"
    return OrderKey(tenant, str(uuid5(NAMESPACE_URL, name)))


def iso(seconds: float) -> str:
    """Return Unix seconds as ISO 8601 in UTC, whose texts sort as the times do."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
