"""The events of Orders: what producers and consumers agree on.

Events are published by their outbox rows, which are written in the transaction of what they tell:
an order that is paid has its event, whatever happens to the function that charged it. They carry
ids and amounts, no personal data. `docs/events.md` is made from these classes.
"""

from typing import Annotated, ClassVar, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import ConfigDict, Field, TypeAdapter

from runtime.orders.shared.order import OrderKey
from runtime.shared.events import Event
from runtime.shared.shape import QUIET

SOURCE = "rampart.orders"


class OrderEvent(Event):
    """What all events of an order have."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    schema_version: Literal["1"] = "1"
    """Of this shape; another one is another version."""
    event_id: str
    """The same whenever the event is published again."""
    tenant: str
    """Whose order it is."""
    order_id: str
    """Which order it is."""
    correlation_id: str
    """Of the request that placed the order."""
    occurred_at: str
    """ISO 8601 in UTC."""

    @property
    def key(self) -> OrderKey:
        """Return which order is meant."""
        return OrderKey(self.tenant, self.order_id)


class OrderAccepted(OrderEvent):
    """An order can be sold and is being paid."""

    detail_type: ClassVar[str] = "OrderAccepted"

    type: Literal["OrderAccepted"] = "OrderAccepted"
    amount_cents: int
    """Of all lines together."""
    currency: str
    """As ISO 4217 writes it."""


class PaymentCaptured(OrderEvent):
    """The order's amount was charged."""

    detail_type: ClassVar[str] = "PaymentCaptured"

    type: Literal["PaymentCaptured"] = "PaymentCaptured"
    payment_id: str
    """As the payment service knows it."""
    amount_cents: int
    """Of all lines together."""
    currency: str
    """As ISO 4217 writes it."""


class OrderShipped(OrderEvent):
    """The carrier has the order."""

    detail_type: ClassVar[str] = "OrderShipped"

    type: Literal["OrderShipped"] = "OrderShipped"
    tracking: str
    """As the carrier knows it."""


class OrderCancelled(OrderEvent):
    """The order was undone and what was charged is refunded."""

    detail_type: ClassVar[str] = "OrderCancelled"

    type: Literal["OrderCancelled"] = "OrderCancelled"
    reason: str
    """For people, without personal data."""


AnyEvent = Annotated[
    OrderAccepted | PaymentCaptured | OrderShipped | OrderCancelled, Field(discriminator="type")
]
EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent, config=QUIET)
"""Reads any of them."""


def event_id(key: OrderKey, detail_type: str) -> str:
    """Return the id of an order's event of this type: an order has one of each at most."""
    name = f"https://rampart.invalid/events/{key.tenant}/{key.order_id}/{detail_type}"
    return str(uuid5(NAMESPACE_URL, name))
