"""An order from its request to the carrier, or back: over HTTP, through every queue."""

import json
from uuid import uuid4

import httpx

from tests.end_to_end.knowledge import wait_for
from tests.end_to_end.orders_laptop import (
    APPROVAL_SECONDS,
    LARGE_CENTS,
    Client,
    OrdersLaptop,
    order,
)

EVENTS = {"OrderAccepted", "PaymentCaptured", "OrderShipped"}


def test_an_order_is_charged_shipped_told_and_kept(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    buyer.offer("mug", stock=10)

    # when
    order_id = buyer.place("mug", quantity=3)
    shipped = buyer.becomes(order_id, "shipped")

    # then
    assert shipped["amount_cents"] == 3600
    assert shipped["customer"]["name"] == "Ada Planted-Name"
    assert orders.charges(order_id) == [(3600, False)]
    assert buyer.stock("mug") == 7
    told = {"PaymentCaptured", "OrderShipped"}
    wait_for(
        lambda: True if set(buyer.order(order_id)["told"]) == told else None,
        "notices of payment and shipment, and of nothing else",
    )
    kept = wait_for(
        lambda: events if len(events := orders.audit(buyer.tenant)) == len(EVENTS) else None,
        "three events in the audit trail",
    )
    assert {event["type"] for event in kept} == EVENTS
    assert {event["order_id"] for event in kept} == {order_id}


def test_a_repeated_request_is_one_order(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    buyer.offer("mug")
    key = uuid4().hex

    # when
    ids = {buyer.place("mug", key) for _ in range(3)}

    # then
    (order_id,) = ids
    buyer.becomes(order_id, "shipped")
    assert orders.charges(order_id) == [(1200, False)]


def test_what_the_carrier_refuses_is_undone(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    buyer.offer("battery", shippable=False, stock=5)

    # when
    order_id = buyer.place("battery", quantity=2)
    undone = buyer.becomes(order_id, "cancelled")

    # then
    assert undone["reason"] == "The carrier does not take battery."
    assert orders.charges(order_id) == [(2400, True)]
    assert buyer.stock("battery") == 5


def test_what_is_not_in_stock_is_undone(orders: OrdersLaptop, buyer: Client) -> None:
    buyer.offer("rare", stock=1)
    order_id = buyer.place("rare", quantity=2)
    assert buyer.becomes(order_id, "cancelled")["reason"] == "There is not enough of rare."
    assert orders.charges(order_id) == [(2400, True)]
    assert buyer.stock("rare") == 1


def test_a_large_order_waits_for_a_person(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    buyer.offer("sofa", price_cents=LARGE_CENTS + 100, stock=5)
    agreed, refused = buyer.place("sofa"), buyer.place("sofa", customer_id="c-2")
    for order_id in (agreed, refused):
        buyer.becomes(order_id, "awaiting_approval")

    # when
    assert buyer.decide(agreed, approved=True).is_success
    assert buyer.decide(refused, approved=False).is_success

    # then
    buyer.becomes(agreed, "shipped")
    undone = buyer.becomes(refused, "cancelled")
    assert undone["reason"] == "A person refused the order."
    assert orders.charges(refused) == [(LARGE_CENTS + 100, True)]
    assert buyer.stock("sofa") == 4


def test_an_order_on_which_nobody_decides_is_undone(orders: OrdersLaptop, buyer: Client) -> None:
    # given: nobody has the time that the stack's configuration gives
    assert APPROVAL_SECONDS < 60
    buyer.offer("sofa", price_cents=LARGE_CENTS + 100, stock=5)

    # when
    order_id = buyer.place("sofa")

    # then
    undone = buyer.becomes(order_id, "cancelled")
    assert undone["reason"] == "Nobody decided on the order in time."
    assert orders.charges(order_id) == [(LARGE_CENTS + 100, True)]
    assert buyer.stock("sofa") == 5


def test_a_file_of_orders_is_placed_and_reported(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    assert orders
    buyer.offer("mug")
    lines = [_line(f"k-{n}", f"c-{n}") for n in range(4)]
    content = "\n".join([*lines, "{nope", lines[0]])

    # when
    import_id = _upload(buyer, content)
    report = wait_for(
        lambda: (
            answer.json() if (answer := buyer("GET", f"/imports/{import_id}")).is_success else None
        ),
        "report of the import",
    )

    # then
    assert (report["accepted"], [each["line"] for each in report["refused"]]) == (5, [5])
    placed = buyer("GET", "/orders").json()["items"]
    assert len(placed) == 4
    for each in placed:
        buyer.becomes(each["order_id"], "shipped")


def test_the_payments_of_today_are_settled(orders: OrdersLaptop, buyer: Client) -> None:
    # given
    buyer.offer("mug")
    order_id = buyer.place("mug")
    day = buyer.becomes(order_id, "shipped")["updated_at"][:10]

    # when
    orders.cloud.invoke("orders-settlement", {"day": day})

    # then
    settled = buyer("GET", f"/settlements/{day}").json()
    assert (settled["payments"], settled["captured_cents"]) == (1, 1200)


def _line(key: str, customer_id: str) -> str:
    return json.dumps({"idempotency_key": key, "order": order("mug", customer_id=customer_id)})


def _upload(buyer: Client, content: str) -> str:
    form = buyer("POST", "/imports").json()
    files = {"file": ("orders.jsonl", content.encode(), "application/jsonl")}
    answer = httpx.post(form["url"], data=form["fields"], files=files, timeout=60)
    assert answer.is_success, answer.text
    return form["import_id"]
