"""Fulfilling a paid order, and undoing it. Each task may run twice, or after its workflow moved on.

When a branch of the workflow fails, the other one may still be at work. So every task checks, in
the transaction in which it writes, that the order is not undone yet.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from runtime.orders.fulfilment_steps.requests import Ask, Book, Done, Request, Reserve, Ship, Undo
from runtime.orders.shared.events import OrderCancelled, OrderShipped, event_id
from runtime.orders.shared.order import Line, Order, OrderKey, Status, iso
from runtime.orders.shared.payments import Refund
from runtime.shared.errors import InvalidRequestError, RejectedError

UNDER_WAY: tuple[Status, ...] = ("paid", "awaiting_approval")
"""States in which an order is being fulfilled."""


class Orders(Protocol):
    """The rows of orders, as the tasks need them; those that write tell whether they could."""

    def find(self, key: OrderKey) -> Order | None:
        """Return the order, or None."""
        ...

    def reserved(self, key: OrderKey) -> list[Line] | None:
        """Return what is set aside for the order, or None."""
        ...

    def reserve(self, key: OrderKey, lines: list[Line]) -> list[str]:
        """Set aside all of it; returns the products of which there is too little."""
        ...

    def unshippable(self, tenant: str, lines: list[Line]) -> list[str]:
        """Return the products that the carrier does not take."""
        ...

    def book(self, key: OrderKey, tracking: str) -> bool:
        """Note the pickup."""
        ...

    def ask(self, key: OrderKey, token: str, now: str) -> bool:
        """Note who waits for a person's decision."""
        ...

    def ship(self, event: OrderShipped, now: float) -> bool:
        """Note that the carrier has it, with the event."""
        ...

    def payment_id(self, key: OrderKey) -> str | None:
        """Return the id of what was charged, or None."""
        ...

    def cancel(
        self, event: OrderCancelled, refund_id: str | None, released: list[Line] | None, now: float
    ) -> None:
        """Undo everything that is noted, with the event; UnavailableError when it has changed."""
        ...


class Payments(Protocol):
    """The payment service."""

    def refund(self, order: OrderKey, payment_id: str) -> Refund:
        """Give back what was charged; asked again, it is the same refund."""
        ...


class Fulfilment:
    """Does what the workflow asks."""

    def __init__(self, orders: Orders, payments: Payments, clock: Callable[[], float]) -> None:
        """`clock` returns Unix seconds."""
        self._orders, self._payments, self._clock = orders, payments, clock

    def do(self, request: Request) -> Done:
        """Do one task.

        Raises RejectedError when the order cannot be fulfilled, InvalidRequestError when it is in
        no state for it.
        """
        match request:
            case Reserve():
                return self._reserve(request)
            case Book():
                return self._book(request)
            case Ask():
                return self._ask(request)
            case Ship():
                return self._ship(request)
            case Undo():
                return self._undo(request)

    def _reserve(self, request: Reserve) -> Done:
        order = self._under_way(request.key)
        if self._orders.reserved(request.key) is not None:
            return Done()
        missing = self._orders.reserve(request.key, order.lines)
        if missing:
            raise RejectedError("out_of_stock", f"There is not enough of {', '.join(missing)}.")
        return Done()

    def _book(self, request: Book) -> Done:
        order = self._under_way(request.key)
        refused = self._orders.unshippable(request.tenant, order.lines)
        if refused:
            raise RejectedError("not_shippable", f"The carrier does not take {', '.join(refused)}.")
        tracking = tracking_number(request.key)
        if not self._orders.book(request.key, tracking):
            raise _not_under_way()
        return Done(tracking=tracking)

    def _ask(self, request: Ask) -> Done:
        self._under_way(request.key)
        if not self._orders.ask(request.key, request.token, iso(self._clock())):
            raise _not_under_way()
        return Done()

    def _ship(self, request: Ship) -> Done:
        tracking = tracking_number(request.key)
        order = self._orders.find(request.key)
        if order is not None and order.status == "shipped":
            return Done(tracking=tracking)
        event = OrderShipped(
            event_id=event_id(request.key, OrderShipped.detail_type),
            tenant=request.tenant,
            order_id=request.order_id,
            correlation_id=request.correlation_id,
            occurred_at=iso(self._clock()),
            tracking=tracking,
        )
        if not self._orders.ship(event, self._clock()):
            raise _not_under_way()
        return Done(tracking=tracking)

    def _undo(self, request: Undo) -> Done:
        order = self._orders.find(request.key)
        if order is not None and order.status == "cancelled":
            return Done()
        self._under_way(request.key)
        payment_id = self._orders.payment_id(request.key)
        refund = self._payments.refund(request.key, payment_id) if payment_id else None
        event = OrderCancelled(
            event_id=event_id(request.key, OrderCancelled.detail_type),
            tenant=request.tenant,
            order_id=request.order_id,
            correlation_id=request.correlation_id,
            occurred_at=iso(self._clock()),
            reason=request.reason(),
        )
        released = self._orders.reserved(request.key)
        self._orders.cancel(event, refund.refund_id if refund else None, released, self._clock())
        return Done()

    def _under_way(self, key: OrderKey) -> Order:
        order = self._orders.find(key)
        if order is None or order.status not in UNDER_WAY:
            raise _not_under_way()
        return order


def tracking_number(key: OrderKey) -> str:
    """Return the number under which the carrier knows the order, the same each time."""
    name = f"https://rampart.invalid/bookings/{key.tenant}/{key.order_id}"
    return f"TRK-{uuid5(NAMESPACE_URL, name).hex[:12].upper()}"


def _not_under_way() -> InvalidRequestError:
    return InvalidRequestError("the order is not being fulfilled")
