"""Two hundred requests for orders: a fifth are duplicates, one in twenty asks for nothing there is.

What should become of each follows from what it asks for.
"""

from dataclasses import dataclass
from typing import Any

PRODUCTS: dict[str, dict[str, Any]] = {
    "mug": {"name": "Mug", "price_cents": 1200, "stock": 10_000},
    "lamp": {"name": "Lamp", "price_cents": 4900, "stock": 10_000},
    "sofa": {"name": "Sofa", "price_cents": 129_900, "stock": 10_000},
    "battery": {"name": "Battery", "price_cents": 2500, "stock": 10_000, "shippable": False},
    # The payment service of the laptop declines amounts that end in 13 cents.
    "raffle": {"name": "Raffle ticket", "price_cents": 113, "stock": 10_000},
}
UNKNOWN = "unicorn"
ORDERS, REQUESTS = 160, 200


@dataclass(frozen=True)
class Request:
    """An order, the key it is placed by, and how it should end."""

    key: str
    sku: str
    number: int

    @property
    def ends(self) -> str:
        """The status it should end with."""
        match self.sku:
            case "battery":
                return "cancelled"
            case "raffle":
                return "declined"
            case "sofa":
                return "shipped" if self.approved else "cancelled"
            case sku if sku == UNKNOWN:
                return "rejected"
            case _:
                return "shipped"

    @property
    def approved(self) -> bool:
        """What a person says when the order waits for one."""
        return self.number % 80 == 7  # noqa: PLR2004 - every second sofa

    def body(self) -> dict[str, Any]:
        """Return what is sent."""
        customer = self.number % 20
        return {
            "customer": {
                "customer_id": f"customer-{customer}",
                "name": f"Customer {customer}",
                "email": f"customer-{customer}@example.com",
                "address": f"{customer} Example Street",
            },
            "lines": [
                {"sku": self.sku, "quantity": 1 if self.sku == "raffle" else 1 + self.number % 3}
            ],
        }


def orders() -> list[Request]:
    """Return the orders."""
    return [Request(f"demo-{number:03}", _sku(number), number) for number in range(ORDERS)]


def requests() -> list[Request]:
    """Return the requests: the orders, and every fourth of them once more."""
    once = orders()
    return [*once, *once[:: ORDERS // (REQUESTS - ORDERS)]]


def _sku(number: int) -> str:
    """Spread what does not end well over all orders, by numbers that have nothing in common."""
    for divisor, rest, sku in (
        (16, 3, UNKNOWN),
        (40, 7, "sofa"),
        (32, 9, "battery"),
        (40, 11, "raffle"),
    ):
        if number % divisor == rest:
            return sku
    return "lamp" if number % 2 else "mug"
