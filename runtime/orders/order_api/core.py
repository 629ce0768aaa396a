"""Orders as a tenant's users handle them: placed once, read, found, decided on.

An order has its row before it is in the queue, so that nothing is answered that could be lost: a
client that got no answer repeats its request with the same key, and what is missing is done.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Protocol

from runtime.orders.order_api.fields import (
    Decide,
    ListQuery,
    OrderPage,
    OrderSummary,
    OrderView,
    PaymentView,
    PlaceOrder,
    Receipt,
    Recipient,
)
from runtime.orders.shared.messages import OrderReceived
from runtime.orders.shared.order import Customer, Order, OrderKey, iso, order_key
from runtime.orders.shared.personal import Vault, opened, sealed
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, not_found, wrong_field


class Orders(Protocol):
    """The orders of all tenants."""

    def create(self, tenant: str, order: Order) -> bool:
        """Store a new order; False when there is one with its id."""
        ...

    def find(self, key: OrderKey) -> Order | None:
        """Return the order, or None."""
        ...

    def page(self, tenant: str, limit: int, after: str | None) -> tuple[list[Order], bool]:
        """Return orders by id, and whether more follow."""
        ...

    def of_address(self, tenant: str, email_hash: str, limit: int) -> list[Order]:
        """Return the latest orders of an address."""
        ...

    def payment(self, key: OrderKey) -> PaymentView | None:
        """Return what was charged, or None."""
        ...

    def told(self, key: OrderKey) -> list[str]:
        """Return the events that the customer was told of."""
        ...

    def question(self, key: OrderKey) -> str | None:
        """Return the token of the workflow that waits for a decision, or None."""
        ...


class Queue(Protocol):
    """The queue of orders."""

    def put(self, message: OrderReceived, customer_id: str) -> None:
        """Put an order at the end of its customer's."""
        ...


class Approvals(Protocol):
    """The workflows that wait for a decision."""

    def decide(self, token: str, *, approved: bool) -> bool:
        """Hand over the decision; False when nobody waits for it any more."""
        ...


class OrderDesk:
    """Does what the routes say, for one tenant at a time."""

    def __init__(
        self,
        orders: Orders,
        queue: Queue,
        approvals: Approvals,
        vault: Vault,
        clock: Callable[[], float],
    ) -> None:
        """`clock` returns Unix seconds."""
        self._orders, self._queue, self._approvals = orders, queue, approvals
        self._vault, self._clock = vault, clock

    def place(self, caller: Caller, request: PlaceOrder, key: str, correlation_id: str) -> Receipt:
        """Take an order; the same key and request again are the same order.

        Raises ProblemError 422 when the key was used for another request.
        """
        which = order_key(caller.tenant, key)
        order = self._orders.find(which) or self._create(which, request, correlation_id)
        if order.fingerprint != request.fingerprint():
            detail = "was used before with another body"
            raise wrong_field("Idempotency-Key", detail, HTTPStatus.UNPROCESSABLE_ENTITY)
        if order.status == "received":  # perhaps never queued; twice does no harm
            message = OrderReceived(
                tenant=which.tenant,
                order_id=which.order_id,
                correlation_id=order.correlation_id,
            )
            self._queue.put(message, order.customer_id)
        return Receipt(order_id=order.order_id, status=order.status)

    def read(self, caller: Caller, order_id: str) -> OrderView:
        """Return one order with its personal data."""
        key = OrderKey(caller.tenant, order_id)
        order = self._existing(key)
        customer = opened(self._vault, caller.tenant, order.customer)
        shared = set(OrderView.model_fields) - {"customer", "lines", "payment", "told"}
        return OrderView(
            customer=Recipient(customer_id=order.customer_id, **customer.model_dump()),
            lines=order.lines,
            payment=self._orders.payment(key),
            told=self._orders.told(key),
            **order.model_dump(include=shared),
        )

    def page(self, caller: Caller, query: ListQuery) -> OrderPage:
        """Return one page of orders by their ids, or the latest of one address."""
        if query.email is not None:
            address = self._vault.hash(caller.tenant, query.email)
            orders, more = self._orders.of_address(caller.tenant, address, query.limit), False
        else:
            orders, more = self._orders.page(caller.tenant, query.limit, query.after)
        fields = set(OrderSummary.model_fields)
        return OrderPage(
            items=[OrderSummary(**order.model_dump(include=fields)) for order in orders],
            next_after=orders[-1].order_id if more and orders else None,
        )

    def decide(self, caller: Caller, order_id: str, request: Decide) -> Receipt:
        """Hand a person's decision to the workflow that waits for it."""
        key = OrderKey(caller.tenant, order_id)
        order = self._existing(key)
        token = self._orders.question(key) if order.status == "awaiting_approval" else None
        if token is None or not self._approvals.decide(token, approved=request.approved):
            raise ProblemError(HTTPStatus.CONFLICT, "The order does not wait for a decision.")
        return Receipt(order_id=order.order_id, status=order.status)

    def _create(self, key: OrderKey, request: PlaceOrder, correlation_id: str) -> Order:
        """Store the order; another request with its key may have been faster."""
        who, now = request.customer, iso(self._clock())
        customer = Customer(name=who.name, email=who.email, address=who.address)
        order = Order(
            order_id=key.order_id,
            status="received",
            customer_id=who.customer_id,
            customer=sealed(self._vault, key.tenant, customer),
            email_hash=self._vault.hash(key.tenant, who.email),
            lines=request.lines,
            fingerprint=request.fingerprint(),
            correlation_id=correlation_id,
            created_at=now,
            updated_at=now,
        )
        return order if self._orders.create(key.tenant, order) else self._existing(key)

    def _existing(self, key: OrderKey) -> Order:
        order = self._orders.find(key)
        if order is None:
            raise not_found("order")
        return order
