"""An order is looked up, priced, charged, and written down as paid: all of it once.

The charge happens before the row says so. A function that dies in between leaves an order that is
still `received`; delivered again, it asks for the same charge with the same idempotency key, and
the payment service answers with the one it made.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from runtime.orders.shared.events import (
    OrderAccepted,
    OrderEvent,
    PaymentCaptured,
    event_id,
)
from runtime.orders.shared.messages import OrderReceived
from runtime.orders.shared.order import Line, Order, OrderKey, Status, iso
from runtime.orders.shared.payments import DECLINED, Charge
from runtime.shared.errors import RejectedError
from runtime.shared.worker import GAVE_UP


@dataclass(frozen=True)
class Paid:
    """What is written when an order was charged."""

    amount_cents: int
    currency: str
    payment_id: str


class Orders(Protocol):
    """The rows of orders, as the processor needs them."""

    def find(self, key: OrderKey) -> Order | None:
        """Return the order, or None."""
        ...

    def prices(self, tenant: str, skus: Sequence[str]) -> dict[str, int]:
        """Return the price in cents of each product that there is."""
        ...

    def accept(self, key: OrderKey, paid: Paid, events: Sequence[OrderEvent], now: float) -> bool:
        """Write payment, order and events together; False when the order is not waiting."""
        ...

    def end(self, key: OrderKey, status: Status, reason: str, now: str) -> bool:
        """Give a waiting order its end, or, as `received`, a reason why it still waits."""
        ...


class Payments(Protocol):
    """The payment service."""

    def charge(self, order: OrderKey, amount_cents: int, currency: str) -> Charge:
        """Charge an order; asked again, it is the same charge."""
        ...


class OrderStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, orders: Orders, payments: Payments, clock: Callable[[], float]) -> None:
        """`clock` returns Unix seconds."""
        self._orders, self._payments, self._clock = orders, payments, clock

    def run(self, event: OrderReceived, trace_id: str) -> None:
        """Charge the order, unless that was done before.

        Raises RejectedError when it cannot be sold: it is `rejected` then, and a dead letter.
        """
        del trace_id
        order = self._orders.find(event.key)
        if order is None:
            raise RejectedError("unknown_order", "There is no order with this id.")
        if order.status != "received":
            return
        amount_cents = self._amount(event.tenant, order.lines)
        try:
            charge = self._payments.charge(event.key, amount_cents, order.currency)
        except RejectedError as error:
            if error.code != DECLINED:
                raise
            # An answer, not a failure: nobody has to look at it.
            self._orders.end(event.key, "declined", error.explanation, iso(self._clock()))
            return
        paid = Paid(amount_cents, order.currency, charge.payment_id)
        self._orders.accept(event.key, paid, self._events(event, paid), self._clock())

    def expect_end(self, event: OrderReceived, until: dt.datetime) -> None:
        """Note nothing: an order that nobody works on stays `received` until it is replayed."""

    def fail(self, event: OrderReceived, reason: str) -> None:
        """Tell the order's users; what was given up for a while is still to be replayed."""
        status: Status = "received" if reason == GAVE_UP else "rejected"
        self._orders.end(event.key, status, reason, iso(self._clock()))

    def _amount(self, tenant: str, lines: Sequence[Line]) -> int:
        prices = self._orders.prices(tenant, sorted({line.sku for line in lines}))
        unknown = sorted({line.sku for line in lines} - prices.keys())
        if unknown:
            raise RejectedError("unknown_product", f"There is no product {', '.join(unknown)}.")
        return sum(prices[line.sku] * line.quantity for line in lines)

    def _events(self, event: OrderReceived, paid: Paid) -> list[OrderEvent]:
        at = iso(self._clock())
        return [
            OrderAccepted(
                event_id=event_id(event.key, OrderAccepted.detail_type),
                tenant=event.tenant,
                order_id=event.order_id,
                correlation_id=event.correlation_id,
                occurred_at=at,
                amount_cents=paid.amount_cents,
                currency=paid.currency,
            ),
            PaymentCaptured(
                event_id=event_id(event.key, PaymentCaptured.detail_type),
                tenant=event.tenant,
                order_id=event.order_id,
                correlation_id=event.correlation_id,
                occurred_at=at,
                payment_id=paid.payment_id,
                amount_cents=paid.amount_cents,
                currency=paid.currency,
            ),
        ]
