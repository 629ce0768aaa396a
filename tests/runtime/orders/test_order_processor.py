"""An order is charged once, or ends with a reason; nothing of it is lost in between."""

from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch import (
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)

from runtime.orders.order_processor.core import OrderStep
from runtime.shared.fifo import FifoBatch
from tests.runtime.orders.world import MAX_RECEIVES, Context, World, record


def test_a_paid_order_has_its_payment_and_its_events(world: World) -> None:
    # when
    key = world.paid(quantity=2)

    # then
    assert world.order(key.order_id).amount_cents == 2400
    assert [(each["amount_cents"], each["reference"]) for each in world.charges()] == [
        (2400, key.order_id)
    ]
    (payment,) = world.all("PAYMENT#")
    assert (payment["amount_cents"], payment["state"]) == (2400, "captured")
    assert sorted(event.type for event in world.events()) == ["OrderAccepted", "PaymentCaptured"]


def test_a_message_that_comes_again_charges_nothing(world: World) -> None:
    # given
    world.place()
    body, _ = world.queue.messages[0]

    # when
    assert world.deliver(body)
    assert world.deliver(body)

    # then
    assert len(world.charges()) == 1
    assert len(world.events()) == 2


def test_a_function_that_dies_after_the_charge_does_not_charge_again(world: World) -> None:
    # given: the charge was made, and the row never written
    world.place()
    body, _ = world.queue.messages[0]
    accept = world.processor_orders.accept
    world.processor_orders.accept = _dies
    assert not world.deliver(body)
    world.processor_orders.accept = accept

    # when
    assert world.deliver(body, receives=2)

    # then
    assert len(world.charges()) == 1
    assert len(world.all("PAYMENT#")) == 1


def test_two_deliveries_at_once_write_one_payment(world: World) -> None:
    # given: the second delivery runs between the charge and the writing of the first
    receipt = world.place()
    body, _ = world.queue.messages[0]
    accept, inner = world.processor_orders.accept, list[bool]()

    def late(*asked: Any) -> bool:  # noqa: ANN401  # passed on
        world.processor_orders.accept = accept
        inner.append(world.deliver(body))
        return accept(*asked)

    world.processor_orders.accept = late

    # when
    assert world.deliver(body)

    # then
    assert inner == [True]
    assert world.order(receipt.order_id).status == "paid"
    assert len(world.charges()) == len(world.all("PAYMENT#")) == 1
    assert len(world.events()) == 2


def test_an_order_of_what_there_is_not_is_rejected_and_a_dead_letter_says_why(
    world: World,
) -> None:
    # given
    receipt = world.place(sku="unicorn")

    # when
    world.process()

    # then
    order = world.order(receipt.order_id)
    assert (order.status, order.reason) == ("rejected", "There is no product unicorn.")
    ((body, reason),) = world.letters.dead
    assert receipt.order_id in body
    assert reason == "RejectedError: unknown_product: There is no product unicorn."
    assert world.charges() == []


def test_a_declined_payment_is_an_answer_and_no_dead_letter(world: World) -> None:
    # given
    world.product("bad-luck", price_cents=113)
    receipt = world.place(sku="bad-luck")

    # when
    world.process()

    # then
    order = world.order(receipt.order_id)
    assert (order.status, order.reason) == ("declined", "The payment was declined.")
    assert world.letters.dead == []
    assert world.events() == []


def test_what_an_outage_leaves_can_be_replayed(world: World) -> None:
    # given: three deliveries into the outage
    receipt = world.place()
    body, _ = world.queue.messages[0]
    world.outage(down=True)
    assert not world.deliver(body, 1)
    assert not world.deliver(body, 2)
    assert world.deliver(body, MAX_RECEIVES)
    assert len(world.letters.planned) == 2
    ((letter, reason),) = world.letters.dead
    assert "UnavailableError" in reason
    waiting = world.order(receipt.order_id)
    assert waiting.status == "received"
    assert waiting.reason

    # when
    world.outage(down=False)
    assert world.deliver(letter)

    # then
    order = world.order(receipt.order_id)
    assert (order.status, order.reason) == ("paid", None)


def test_a_message_about_no_order_is_a_dead_letter(world: World) -> None:
    # given
    world.place()
    body, _ = world.queue.messages[0]
    strange = body.replace(world.tenant, "globex")

    # then
    assert world.deliver(strange)
    assert "unknown_order" in world.letters.dead[0][1]


@pytest.mark.parametrize("body", ["{}", "nothing", '{"tenant": 1}', '{"schema_version": "2"}'])
def test_a_body_that_is_no_order_is_a_dead_letter_that_names_the_fields(
    world: World, body: str
) -> None:
    assert world.deliver(body)
    assert "wrong fields" in world.letters.dead[0][1]


def test_behind_an_order_that_failed_its_customer_s_others_wait_and_nobody_else_s(
    world: World,
) -> None:
    # given: three orders of one customer, the first of which meets an outage, and one of another's
    first, second, third = (world.place(customer_id="c-1") for _ in range(3))
    other = world.place(customer_id="c-2")
    bodies = [body for body, _ in world.queue.messages]
    groups = [group for _, group in world.queue.messages]
    payments: Any = _DownFor(world, first.order_id)

    # when
    answer = _batch(world, bodies, groups, OrderStep(world.processor_orders, payments, world.clock))

    # then
    assert answer == {"batchItemFailures": [{"itemIdentifier": f"m{n}"} for n in range(3)]}
    assert world.letters.planned == ["m0", "m1", "m2"]
    statuses = [world.order(one.order_id).status for one in (first, second, third, other)]
    assert statuses == ["received", "received", "received", "paid"]


def test_when_the_first_is_given_up_those_behind_it_are_tried(world: World) -> None:
    # given: all have been delivered as often as they may
    first, second = (world.place(customer_id="c-1") for _ in range(2))
    bodies = [body for body, _ in world.queue.messages]
    groups = [group for _, group in world.queue.messages]
    payments: Any = _DownFor(world, first.order_id)
    step = OrderStep(world.processor_orders, payments, world.clock)

    # when
    answer = _batch(world, bodies, groups, step, receives=MAX_RECEIVES)

    # then
    assert answer == {"batchItemFailures": []}
    assert world.order(second.order_id).status == "paid"
    assert [first.order_id in body for body, _ in world.letters.dead] == [True]


class _DownFor:
    """A payment service that is down for one order."""

    def __init__(self, world: World, order_id: str) -> None:
        self._world, self._order_id = world, order_id

    def charge(self, order: Any, amount_cents: int, currency: str) -> Any:  # noqa: ANN401
        self._world.outage(down=order.order_id == self._order_id)
        return self._world.payments.charge(order, amount_cents, currency)


def _batch(
    world: World, bodies: list[str], groups: list[str], step: OrderStep, receives: int = 1
) -> Any:  # noqa: ANN401
    records = [
        record(body, receives, group, f"m{n}").raw_event
        for n, (body, group) in enumerate(zip(bodies, groups, strict=True))
    ]
    letters: Any = world.letters
    batch, context = FifoBatch(letters), Context()
    handle: Any = world.worker(step).handle
    return process_partial_response({"Records": records}, handle, batch, context)  # pyright: ignore[reportArgumentType]  # as much of a context as is read


def _dies(*_: object) -> bool:
    raise RuntimeError("killed")
