"""Whatever is delivered twice, late, in another order, or dies half-way: the sums agree.

No order is lost, none is charged twice, and what failed has a dead letter with its reason.
"""

from collections.abc import Callable
from typing import Any, Literal
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.orders.order_processor.core import OrderStep
from runtime.shared.errors import InvalidRequestError, RejectedError, UnavailableError
from tests.runtime.orders.world import MAX_RECEIVES, Parts, World

Fate = Literal["works", "dies before", "dies after", "outage"]
FATES = st.sampled_from(["works", "works", "dies before", "dies after", "outage"])
PRODUCTS = {"mug": 1200, "bad-luck": 113, "unicorn": None}
"""What is ordered: one that is sold, one whose payment is declined, one that there is not."""


class Mortal:
    """Dies before or after a call of something, as it is told for the next one."""

    def __init__(self, inner: Callable[..., Any]) -> None:
        self._inner, self.fate = inner, "works"

    def __call__(self, *asked: Any) -> Any:  # noqa: ANN401  # passed on
        fate, self.fate = self.fate, "works"
        if fate == "dies before":
            raise RuntimeError("killed")
        answer = self._inner(*asked)
        if fate == "dies after":
            raise RuntimeError("killed")
        return answer


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    placed=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(sorted(PRODUCTS))), min_size=1, max_size=6
    ),
    schedule=st.lists(
        st.tuples(st.integers(0, 50), FATES, st.sampled_from(["charge", "accept"])), max_size=30
    ),
)
def test_no_order_is_lost_and_none_is_charged_twice(
    parts: Parts,
    placed: list[tuple[int, str]],
    schedule: list[tuple[int, Fate, str]],
) -> None:
    # given: orders, some placed twice by their key
    with World(parts, f"acme-{uuid4().hex[:8]}") as world:
        world.product("bad-luck", price_cents=113)
        receipts: dict[str, str] = {}
        for number, sku in placed:
            key = f"k-{number}-{sku}"
            receipts[key] = world.place(key, sku=sku).order_id
        waiting = [(body, 1) for body, _ in world.queue.messages]
        mortals = {
            "charge": Mortal(world.payments.charge),
            "accept": Mortal(world.processor_orders.accept),
        }
        world.payments.charge = mortals["charge"]
        world.processor_orders.accept = mortals["accept"]
        step = OrderStep(world.processor_orders, world.payments, world.clock)

        # when: messages come in any order, and again, and functions die
        left = _delivered(world, step, waiting, schedule, mortals)
        for body, receives in left:
            if not world.deliver(body, receives, step):
                assert world.deliver(body, MAX_RECEIVES, step)
        # an operator replays what was not refused for its content
        given_up = [body for body, reason in world.letters.dead if "RejectedError" not in reason]
        for body in given_up:
            assert world.deliver(body, 1, step)

        # then
        statuses = {order_id: world.order(order_id).status for order_id in receipts.values()}
        expected = {"mug": "paid", "bad-luck": "declined", "unicorn": "rejected"}
        for key, order_id in receipts.items():
            assert statuses[order_id] == expected[key.split("-", 2)[2]], key
        paid = [order_id for order_id, status in statuses.items() if status == "paid"]
        assert sorted(charge["reference"] for charge in world.charges()) == sorted(paid)
        assert len(world.all("PAYMENT#")) == len(paid)
        assert len(world.events()) == 2 * len(paid)
        refused = {body for body, reason in world.letters.dead if "RejectedError" in reason}
        rejected = [order_id for order_id, status in statuses.items() if status == "rejected"]
        assert all(any(order_id in body for body in refused) for order_id in rejected)


def _delivered(
    world: World,
    step: OrderStep,
    waiting: list[tuple[str, int]],
    schedule: list[tuple[int, Fate, str]],
    mortals: dict[str, Mortal],
) -> list[tuple[str, int]]:
    """Deliver by the schedule; returns what waits then, with how often it was delivered."""
    for choice, fate, where in schedule:
        if not waiting:
            break
        body, receives = waiting.pop(choice % len(waiting))
        world.outage(down=fate == "outage")
        if fate != "outage":
            mortals[where].fate = fate
        if not world.deliver(body, receives, step):
            waiting.append((body, receives + 1))
        elif choice % 3 == 0:
            waiting.append((body, 1))  # delivered once more although it is done
        for mortal in mortals.values():
            mortal.fate = "works"
    world.outage(down=False)
    return waiting


TASKS = st.sampled_from(["reserve", "book", "ask", "ship", "undo"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tasks=st.lists(st.tuples(TASKS, st.booleans()), min_size=1, max_size=12))
def test_a_fulfilment_ends_shipped_or_undone_and_the_stock_agrees(
    parts: Parts, tasks: list[tuple[str, bool]]
) -> None:
    """Tasks of one order in any order, repeated, with the payment service down for some."""
    with World(parts, f"acme-{uuid4().hex[:8]}") as world:
        # given
        key = world.paid(quantity=3)

        # when
        for operation, down in tasks:
            world.outage(down=down)
            more = {"token": "t"} if operation == "ask" else {}
            try:
                world.step(operation, key, **more)
            except (InvalidRequestError, RejectedError, UnavailableError):
                continue
        world.outage(down=False)

        # then
        status = world.order(key.order_id).status
        (charge,) = world.charges()
        assert bool(charge["refund_id"]) == (status == "cancelled") or status in (
            "paid",
            "awaiting_approval",
        )
        reserved = 3 * len(world.all("RESERVATION#"))
        assert world.stock("mug") == 1000 - reserved
        types = [event.type for event in world.events()]
        assert types.count("OrderShipped") == (status == "shipped")
        assert types.count("OrderCancelled") == (status == "cancelled")
        if status == "cancelled":
            assert reserved == 0
