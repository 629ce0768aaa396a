"""The demo's sums agree when they should, and say what is wrong when they do not."""

import dataclasses
from typing import Any

import pytest

from demo.orders_client import Charge, Order
from demo.orders_sample import ORDERS, REQUESTS, UNKNOWN, orders, requests
from demo.orders_sums import Sums


def sums() -> Sums:
    """Return sums that agree."""
    asked = {f"id-{each.key}": each for each in orders()}
    listed = [
        Order(order_id=order_id, status=each.ends, amount_cents=100)
        for order_id, each in asked.items()
    ]
    charges = [
        Charge(
            reference=each.order_id,
            amount_cents=100,
            refund_id="r" if each.status == "cancelled" else None,
        )
        for each in listed
        if each.status in {"shipped", "cancelled"}
    ]
    rejected = sum(each.status == "rejected" for each in listed)
    return Sums(listed, charges, rejected, asked)


def test_sums_that_agree_have_no_fault() -> None:
    assert sums().faults() == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda right: {"orders": right.orders[1:]}, "orders: 159, but 160"),
        (lambda right: {"charges": right.charges[1:]}, "charges: "),
        (lambda right: {"charges": [*right.charges, right.charges[0]]}, "charged twice: 1"),
        (lambda _: {"dead_letters": 0}, "dead letters: 0, but 10"),
        (
            lambda right: {
                "charges": [each.model_copy(update={"refund_id": None}) for each in right.charges]
            },
            "refunds: 0",
        ),
        (
            lambda right: {
                "charges": [
                    right.charges[0].model_copy(update={"amount_cents": 1}),
                    *right.charges[1:],
                ]
            },
            "cents charged: ",
        ),
        (
            lambda right: {
                "orders": [
                    right.orders[0].model_copy(update={"status": "declined"}),
                    *right.orders[1:],
                ]
            },
            "should be shipped, but is declined",
        ),
    ],
)
def test_sums_that_do_not_agree_say_where(change: Any, fault: str) -> None:  # noqa: ANN401
    right = sums()
    wrong = dataclasses.replace(right, **change(right))
    assert any(fault in each for each in wrong.faults()), wrong.faults()


def test_a_fifth_of_the_requests_are_duplicates_and_one_in_twenty_asks_for_nothing_there_is() -> (
    None
):
    keys = [each.key for each in requests()]
    assert len(keys) == REQUESTS
    assert len(keys) - len(set(keys)) == REQUESTS // 5
    assert len(set(keys)) == ORDERS
    assert sum(each.sku == UNKNOWN for each in orders()) == REQUESTS // 20


def test_the_orders_end_in_every_way_there_is() -> None:
    assert {each.ends for each in orders()} == {"shipped", "cancelled", "declined", "rejected"}
