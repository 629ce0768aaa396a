"""What requests and answers about orders look like."""

from typing import Annotated

from pydantic import ConfigDict, Field

from runtime.orders.shared.intake import Email, Recipient, Text
from runtime.orders.shared.order import CURRENCY, ORDER_ID_PATTERN, Line, Status
from runtime.shared.shape import Shape


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

    model_config = ConfigDict(extra="ignore")

    sku: str
