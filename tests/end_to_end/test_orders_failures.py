"""Orders when things fail: nothing is lost, nothing happens twice, nobody else is told."""

import json
from http import HTTPStatus
from uuid import uuid4

import httpx

from rampart_local.dead_letters.queues import dead_letter_queues
from rampart_local.dead_letters.replaying import Replay
from tests.end_to_end.knowledge import wait_for
from tests.end_to_end.orders_laptop import Client, OrdersLaptop

PLANTED = ("Planted-Name", "planted-address", "Planted Street")


def test_what_an_outage_costs_is_replayed(orders: OrdersLaptop, buyer: Client) -> None:
    # given: an order that is given up
    buyer.offer("mug")
    with orders.outage():
        order_id = buyer.place("mug")
        _, reason = orders.dead_letter_of(order_id)
    assert "payment" in reason
    waiting = buyer.order(order_id)
    assert (waiting["status"], bool(waiting["reason"])) == ("received", True)
    assert orders.charges(order_id) == []

    # when
    names = ("orders-received", "orders-received-dead")
    urls = {name: orders.queue(name) for name in names}
    (queue,) = dead_letter_queues(orders.cloud.clients, urls)
    Replay(orders.cloud.clients, queue, letters_a_second=100).all()

    # then
    assert buyer.becomes(order_id, "shipped").get("reason") is None
    assert orders.charges(order_id) == [(1200, False)]


def test_an_order_of_nothing_there_is_ends_with_its_reason_in_both_places(
    orders: OrdersLaptop, buyer: Client
) -> None:
    # when
    order_id = buyer.place("unicorn")

    # then
    assert buyer.becomes(order_id, "rejected")["reason"] == "There is no product unicorn."
    body, reason = orders.dead_letter_of(order_id)
    assert reason == "unknown_product: There is no product unicorn."
    assert json.loads(body)["order_id"] == order_id


def test_a_declined_payment_is_told_and_charges_nothing(
    orders: OrdersLaptop, buyer: Client
) -> None:
    buyer.offer("raffle", price_cents=113)
    order_id = buyer.place("raffle")
    assert buyer.becomes(order_id, "declined")["reason"] == "The payment was declined."
    assert orders.charges(order_id) == []


def test_an_order_that_fails_holds_up_no_other_customer(
    orders: OrdersLaptop, buyer: Client
) -> None:
    # given: an order of each of two customers, the first of which cannot be charged for a while
    buyer.offer("mug")
    with orders.outage():
        first = buyer.place("mug", customer_id="c-1")
        wait_for(
            lambda: True if orders.logged("orders-order-processor", "item put off") else None,
            "a delivery that was put off",
        )
    second = buyer.place("mug", customer_id="c-2")

    # then
    buyer.becomes(second, "shipped")
    assert buyer.order(first)["status"] in {"received", "paid", "shipped"}


def test_no_personal_data_is_in_a_log_a_dead_letter_or_the_audit_trail(
    orders: OrdersLaptop, buyer: Client
) -> None:
    # given: orders that end well and badly, and requests that are refused
    buyer.offer("mug")
    good, bad = buyer.place("mug"), buyer.place("unicorn")
    buyer.becomes(good, "shipped")
    buyer.becomes(bad, "rejected")
    wrong = {"customer": {"name": "Ada Planted-Name", "email": "planted-address"}, "lines": []}
    assert buyer("POST", "/orders", wrong, key=uuid4().hex).status_code == HTTPStatus.BAD_REQUEST
    orders.dead_letter_of(bad)

    # then
    everything = json.dumps(
        [
            [line for _, line in orders.lines],
            [letter["Body"] for letter in orders.dead_letters()],
            orders.audit(buyer.tenant),
            _items(orders),
        ],
        default=str,
    )
    assert good in everything
    for planted in PLANTED:
        assert planted not in everything


def test_a_tenant_sees_none_of_another_s(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    buyer.offer("mug")
    order_id = buyer.place("mug")
    other = orders.tenant(f"globex-{uuid4().hex[:8]}")

    # then
    for path in (f"/orders/{order_id}", "/products/mug"):
        assert other("GET", path).status_code == HTTPStatus.NOT_FOUND
    assert other("GET", "/orders").json()["items"] == []
    assert other("GET", "/orders?email=planted-address@example.com").json()["items"] == []
    assert other.decide(order_id, approved=True).status_code == HTTPStatus.NOT_FOUND


def test_nobody_without_a_token_gets_anything(orders: OrdersLaptop, buyer: Client) -> None:
    assert orders
    for token in ("", "Bearer forged"):
        answer = httpx.get(f"{buyer.url}/orders", headers={"Authorization": token})
        assert answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


def _items(orders: OrdersLaptop) -> list[dict[str, object]]:
    table = orders.resource("aws:dynamodb/table:Table", "orders-table")
    pages = orders.cloud.clients.dynamodb.get_paginator("scan").paginate(TableName=table)
    return [dict(item) for page in pages for item in page["Items"]]
