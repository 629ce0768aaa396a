"""The Orders API, as any HTTP client uses it; and the payment service's own, to make it fail."""

from collections.abc import Mapping
from typing import Self

import httpx
from pydantic import BaseModel

from demo.api import Api
from demo.story import StoryError


class Order(BaseModel):
    """An order as the API's list tells of it."""

    order_id: str
    status: str
    reason: str | None = None
    amount_cents: int | None = None

    @property
    def waits_for_replay(self) -> bool:
        """Whether the processor gave it up for a while: it is in the dead letters."""
        return self.status == "received" and self.reason is not None


class Charge(BaseModel):
    """What the payment service charged."""

    reference: str
    amount_cents: int
    refund_id: str | None = None


class _Receipt(BaseModel):
    order_id: str
    status: str


class _Page(BaseModel):
    items: list[Order]
    next_after: str | None = None


class _Product(BaseModel):
    sku: str


class OrdersClient:
    """A client of one tenant; use it in a `with` block."""

    def __init__(self, api_url: str, token: str) -> None:
        self._api = Api(api_url, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._api.__exit__()

    def offer(self, sku: str, product: Mapping[str, object]) -> None:
        """Put a product."""
        self._api.put(_Product, f"/products/{sku}", product)

    def place(self, key: str, order: Mapping[str, object]) -> str:
        """Place an order and return its id; the same key is the same order."""
        headers = {"Idempotency-Key": key}
        receipt = self._api.post(_Receipt, "/orders", order, ask_again=True, headers=headers)
        return receipt.order_id

    def decide(self, order_id: str, *, approved: bool) -> None:
        """Decide on an order that waits for a person."""
        self._api.post(_Receipt, f"/orders/{order_id}/approval", {"approved": approved})

    def orders(self) -> list[Order]:
        """List all orders of the tenant."""
        found: list[Order] = []
        query = {"limit": "100"}
        while True:
            page = self._api.get(_Page, "/orders", query)
            found += page.items
            if page.next_after is None:
                return found
            query["after"] = page.next_after


class PaymentService:
    """The payment service of the laptop, as whoever operates it sees it."""

    def __init__(self, url: str, api_key: str) -> None:
        headers = {"Authorization": f"Bearer {api_key}"}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def outage(self, *, down: bool) -> None:
        """Begin or end an outage."""
        answer = self._client.put("/outage", json={"down": down})
        if answer.is_error:
            raise StoryError(f"the payment service answered {answer.status_code}: {answer.text}")

    def charges(self) -> list[Charge]:
        """Return everything that was ever charged."""
        answer = self._client.get("/charges")
        if answer.is_error:
            raise StoryError(f"the payment service answered {answer.status_code}: {answer.text}")
        return [Charge.model_validate(each) for each in answer.json()["charges"]]
