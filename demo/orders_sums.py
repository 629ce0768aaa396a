"""What became of the orders, and whether it adds up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.orders_client import Charge, Order
from demo.orders_sample import Request


@dataclass(frozen=True)
class Sums:
    """Everything that is counted, from three sources that know nothing of each other."""

    orders: Sequence[Order]
    """As the API lists them."""
    charges: Sequence[Charge]
    """As the payment service has them."""
    dead_letters: int
    """Messages in the processor's dead letter queue."""
    asked: Mapping[str, Request]
    """What was ordered, by order id."""

    def rows(self) -> list[tuple[str, int, int | None]]:
        """Return name, number and amount in cents of each line of the table."""
        refunded = [each for each in self.charges if each.refund_id]
        return [
            ("placed", len(self.orders), None),
            *((f"  {status}", *self._of(status)) for status in sorted(set(self._statuses()))),
            ("charged", len(self.charges), sum(each.amount_cents for each in self.charges)),
            ("refunded", len(refunded), sum(each.amount_cents for each in refunded)),
            ("dead letters left", self.dead_letters, None),
        ]

    def faults(self) -> list[str]:
        """Say what does not add up; nothing, when all is right."""
        found: list[str] = []
        statuses = Counter(self._statuses())
        paid = statuses["shipped"] + statuses["cancelled"]
        references = Counter(each.reference for each in self.charges)
        twice = [reference for reference, times in references.items() if times > 1]
        refunded = sum(each.refund_id is not None for each in self.charges)
        for what, is_, should in (
            ("orders", len(self.orders), len(self.asked)),
            ("charges", len(self.charges), paid),
            ("orders charged twice", len(twice), 0),
            ("refunds", refunded, statuses["cancelled"]),
            ("dead letters", self.dead_letters, statuses["rejected"]),
            ("cents charged", self._charged(), self._owed()),
        ):
            if is_ != should:
                found.append(f"{what}: {is_}, but {should} would be right")
        found += [
            f"order {each.order_id} of {self.asked[each.order_id].sku} should be "
            f"{self.asked[each.order_id].ends}, but is {each.status}: {each.reason}"
            for each in self.orders
            if each.status != self.asked[each.order_id].ends
        ]
        return found

    def _statuses(self) -> list[str]:
        return [each.status for each in self.orders]

    def _of(self, status: str) -> tuple[int, int]:
        these = [each for each in self.orders if each.status == status]
        return len(these), sum(each.amount_cents or 0 for each in these)

    def _charged(self) -> int:
        return sum(each.amount_cents for each in self.charges)

    def _owed(self) -> int:
        return sum(self._of(status)[1] for status in ("shipped", "cancelled"))
