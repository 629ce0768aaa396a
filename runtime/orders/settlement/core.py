"""The payments of a day, added up for each tenant. Run again, it says what is true then."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from runtime.orders.shared.order import Settlement, iso

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Payment:
    """A payment, as it is now."""

    tenant: str
    amount_cents: int
    refunded: bool


class Ledger(Protocol):
    """Payments, and what they add up to."""

    def of_day(self, day: str) -> Iterable[Payment]:
        """Return the payments of all tenants that were captured on a day."""
        ...

    def settle(self, tenant: str, settlement: Settlement) -> None:
        """Keep a settlement in place of an earlier one of the day."""
        ...


class Settling:
    """Settles days."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float]) -> None:
        """`clock` returns Unix seconds."""
        self._ledger, self._clock = ledger, clock

    def settle(self, day: str | None) -> int:
        """Settle a day, by default yesterday's; returns for how many tenants."""
        day = day or iso(self._clock() - DAY_SECONDS)[:10]
        sums: dict[str, Settlement] = {}
        for payment in self._ledger.of_day(day):
            empty = Settlement(day=day, payments=0, captured_cents=0, refunds=0, refunded_cents=0)
            sums[payment.tenant] = _plus(sums.get(payment.tenant, empty), payment)
        for tenant, settlement in sums.items():
            self._ledger.settle(tenant, settlement)
        return len(sums)


def _plus(sum_: Settlement, payment: Payment) -> Settlement:
    refunds, refunded = (1, payment.amount_cents) if payment.refunded else (0, 0)
    return sum_.model_copy(
        update={
            "payments": sum_.payments + 1,
            "captured_cents": sum_.captured_cents + payment.amount_cents,
            "refunds": sum_.refunds + refunds,
            "refunded_cents": sum_.refunded_cents + refunded,
        }
    )
