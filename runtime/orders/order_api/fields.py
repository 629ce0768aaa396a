"""What requests and answers about orders look like."""

import hashlib
from typing import Annotated

from pydantic import ConfigDict, Field

from runtime.orders.shared.order import CURRENCY, MOST_LINES, ORDER_ID_PATTERN, Line, Status
from runtime.shared.shape import Shape

Text = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
CustomerId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


class Recipient(Shape):
    """Who gets the order."""

    model_config = ConfigDict(extra="forbid")

    customer_id: CustomerId
    name: Text
    email: Email
    address: Annotated[str, Field(min_length=1, max_length=500)]


class PlaceOrder(Shape):
    """Body of POST /orders."""

    model_config = ConfigDict(extra="forbid")

    customer: Recipient
    lines: Annotated[list[Line], Field(min_length=1, max_length=MOST_LINES)]

    def fingerprint(self) -> str:
        """Return what tells this order from another one with the same idempotency key."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Decide(Shape):
    """Body of POST /orders/{order_id}/approval."""

    model_config = ConfigDict(extra="forbid")

    approved: bool


class PutProduct(Shape):
    """Body of PUT /products/{sku}."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    price_cents: Annotated[int, Field(ge=1, le=100_000_000)]
    stock: Annotated[int, Field(ge=0, le=1_000_000)]
    shippable: bool = True
    """Whether the carrier takes it."""


class ListQuery(Shape):
    """Query string of GET /orders."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: Annotated[str | None, Field(pattern=ORDER_ID_PATTERN)] = None
    """The last order of the page before."""
    email: Email | None = None
    """Only the orders of this address."""


class Receipt(Shape):
    """What a client gets for an order."""

    order_id: str
    status: Status


class PaymentView(Shape):
    """What was charged, and whether it was given back."""

    payment_id: str
    amount_cents: int
    state: str


class OrderView(Shape):
    """An order as its tenant's users see it."""

    order_id: str
    status: Status
    reason: str | None = None
    customer: Recipient
    lines: list[Line]
    amount_cents: int | None = None
    currency: str = CURRENCY
    payment: PaymentView | None = None
    told: list[str] = Field(default_factory=list[str])
    """Events that the customer was told of."""
    created_at: str
    updated_at: str


class OrderSummary(Shape):
    """An order in a list: without personal data."""

    order_id: str
    status: Status
    reason: str | None = None
    customer_id: str
    amount_cents: int | None = None
    created_at: str
    updated_at: str


class OrderPage(Shape):
    """One page of a tenant's orders."""

    items: list[OrderSummary]
    next_after: str | None
    """None at the end of the list."""


class ProductView(PutProduct):
    """A product, and how much of it is left."""

    sku: str
