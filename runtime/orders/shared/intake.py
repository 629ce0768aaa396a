"""How every producer places an order: once, and never lost.

An order has its row before it is in the queue, so that nothing is answered that could be lost: a
producer that got no answer repeats its request with the same key, and what is missing is done.
"""

import hashlib
from collections.abc import Callable
from typing import Annotated, Protocol

from pydantic import ConfigDict, Field

from runtime.orders.shared.messages import OrderReceived
from runtime.orders.shared.order import (
    MOST_LINES,
    Customer,
    Line,
    Order,
    OrderKey,
    Status,
    iso,
    order_key,
)
from runtime.orders.shared.personal import Vault, sealed
from runtime.shared.errors import RejectedError, UnavailableError
from runtime.shared.once import PARAMETER
from runtime.shared.shape import Shape

Text = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
CustomerId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
KEY_REUSED = "key_reused"


class Recipient(Shape):
    """Who gets the order."""

    model_config = ConfigDict(extra="forbid")

    customer_id: CustomerId
    """Orders of one are charged in the order in which they came."""
    name: Text
    email: Email
    address: Annotated[str, Field(min_length=1, max_length=500)]


class PlaceOrder(Shape):
    """Body of POST /orders."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"x-parameters": [PARAMETER]})

    customer: Recipient
    lines: Annotated[list[Line], Field(min_length=1, max_length=MOST_LINES)]

    def fingerprint(self) -> str:
        """Return what tells this order from another one with the same idempotency key."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Receipt(Shape):
    """What a producer gets for an order."""

    order_id: str
    status: Status


class Orders(Protocol):
    """The orders of all tenants."""

    def create(self, tenant: str, order: Order) -> bool:
        """Store a new order; False when there is one with its id."""
        ...

    def find(self, key: OrderKey) -> Order | None:
        """Return the order, or None."""
        ...


class Queue(Protocol):
    """The queue of orders."""

    def put(self, message: OrderReceived, customer_id: str) -> None:
        """Put an order at the end of its customer's."""
        ...


class Intake:
    """Places orders."""

    def __init__(
        self, orders: Orders, queue: Queue, vault: Vault, clock: Callable[[], float]
    ) -> None:
        """`clock` returns Unix seconds."""
        self._orders, self._queue, self._vault, self._clock = orders, queue, vault, clock

    def place(self, tenant: str, request: PlaceOrder, key: str, correlation_id: str) -> Receipt:
        """Take an order; the same key and request again are the same order.

        Raises RejectedError with the code `key_reused` when the key was used for another request.
        """
        which = order_key(tenant, key)
        order = self._orders.find(which) or self._create(which, request, correlation_id)
        if order.fingerprint != request.fingerprint():
            raise RejectedError(KEY_REUSED, "The key was used before for another order.")
        if order.status == "received":  # perhaps never queued; twice does no harm
            message = OrderReceived(
                tenant=tenant, order_id=order.order_id, correlation_id=order.correlation_id
            )
            self._queue.put(message, order.customer_id)
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
        if self._orders.create(key.tenant, order):
            return order
        first = self._orders.find(key)
        if first is None:
            raise UnavailableError("the order was neither stored nor found")
        return first
