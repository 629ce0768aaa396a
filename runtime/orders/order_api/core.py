"""Orders as a tenant's users handle them: placed once, read, found, decided on."""

from http import HTTPStatus
from typing import Protocol

from runtime.orders.order_api.fields import (
    Decide,
    ListQuery,
    OrderPage,
    OrderSummary,
    OrderView,
    PaymentView,
)
from runtime.orders.shared.intake import Intake, PlaceOrder, Receipt, Recipient
from runtime.orders.shared.order import Order, OrderKey, Settlement
from runtime.orders.shared.personal import Vault, opened
from runtime.shared.errors import RejectedError
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, not_found, wrong_field


class Orders(Protocol):
    """The orders of all tenants."""

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

    def settlement(self, tenant: str, day: str) -> Settlement | None:
        """Return what a day's payments add up to, or None."""
        ...

    def question(self, key: OrderKey) -> str | None:
        """Return the token of the workflow that waits for a decision, or None."""
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
        intake: Intake,
        orders: Orders,
        approvals: Approvals,
        vault: Vault,
    ) -> None:
        self._intake, self._orders = intake, orders
        self._approvals, self._vault = approvals, vault

    def place(self, caller: Caller, request: PlaceOrder, key: str, correlation_id: str) -> Receipt:
        """Take an order; the same key and request again are the same order.

        Raises ProblemError 422 when the key was used for another request.
        """
        try:
            return self._intake.place(caller.tenant, request, key, correlation_id)
        except RejectedError as error:
            detail = "was used before with another body"
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            raise wrong_field("Idempotency-Key", detail, status) from error

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

    def settlement(self, caller: Caller, day: str) -> Settlement:
        """Return what a day's payments add up to, once the night has passed."""
        found = self._orders.settlement(caller.tenant, day)
        if found is None:
            raise not_found("settlement")
        return found

    def _existing(self, key: OrderKey) -> Order:
        order = self._orders.find(key)
        if order is None:
            raise not_found("order")
        return order
