"""A paid order is shipped or undone, once, whatever runs twice or late."""

import json
from typing import Any

import pytest

from runtime.shared.errors import InvalidRequestError, RejectedError, UnavailableError
from tests.runtime.orders.world import World


def test_reserving_takes_from_the_stock_once(world: World) -> None:
    # given
    key = world.paid(quantity=3)

    # when
    world.step("reserve", key)
    world.step("reserve", key)

    # then
    assert world.stock("mug") == 997


def test_lines_of_one_product_are_reserved_together(world: World) -> None:
    # given
    key = world.paid(quantity=3)
    row = {"lines": [{"sku": "mug", "quantity": 2}, {"sku": "mug", "quantity": 4}]}
    world.table.update_item(
        Key=key.order,
        UpdateExpression="SET #lines = :lines",
        ExpressionAttributeNames={"#lines": "lines"},
        ExpressionAttributeValues={":lines": row["lines"]},
    )

    # when
    world.step("reserve", key)

    # then
    assert world.stock("mug") == 994


def test_what_is_not_there_is_not_reserved_not_even_in_part(world: World) -> None:
    # given
    world.product("rare", stock=1)
    key = world.paid(sku="rare", quantity=2)

    # then
    with pytest.raises(RejectedError, match="out_of_stock: There is not enough of rare"):
        world.step("reserve", key)
    assert world.stock("rare") == 1
    assert world.all("RESERVATION#") == []


def test_the_carrier_refuses_what_it_does_not_take(world: World) -> None:
    world.product("battery", shippable=False)
    key = world.paid(sku="battery")
    with pytest.raises(RejectedError, match="not_shippable"):
        world.step("book", key)


def test_a_shipped_order_says_so_once(world: World) -> None:
    # given
    key = world.paid()
    world.step("reserve", key)
    tracking = world.step("book", key).tracking

    # when
    done = [world.step("ship", key) for _ in range(2)]

    # then
    assert {each.tracking for each in done} == {tracking}
    assert world.order(key.order_id).status == "shipped"
    assert [event.type for event in world.events()].count("OrderShipped") == 1


def test_an_order_waits_for_a_person_with_the_latest_token(world: World) -> None:
    # given
    key = world.paid()

    # when
    world.step("ask", key, token="first")
    world.step("ask", key, token="second")

    # then
    assert world.order(key.order_id).status == "awaiting_approval"
    assert [row["token"] for row in world.all("APPROVAL#")] == ["second"]
    world.step("ship", key)
    assert world.all("APPROVAL#") == []


def test_undoing_gives_back_everything_once(world: World) -> None:
    # given
    key = world.paid(quantity=5)
    world.step("reserve", key)
    world.step("book", key)
    world.step("ask", key, token="t")

    # when
    for _ in range(2):
        world.step("undo", key, error="RefusedByApprover")

    # then
    order = world.order(key.order_id)
    assert (order.status, order.reason) == ("cancelled", "A person refused the order.")
    assert world.stock("mug") == 1000
    (charge,) = world.charges()
    assert charge["refund_id"]
    (payment,) = world.all("PAYMENT#")
    assert (payment["state"], payment["refund_id"]) == ("refunded", charge["refund_id"])
    for prefix in ("RESERVATION#", "BOOKING#", "APPROVAL#"):
        assert world.all(prefix) == []
    assert [event.type for event in world.events()].count("OrderCancelled") == 1


@pytest.mark.parametrize(
    ("error", "cause", "reason"),
    [
        (
            "RejectedError",
            json.dumps({"errorMessage": "out_of_stock: There is not enough of mug."}),
            "There is not enough of mug.",
        ),
        ("RejectedError", "no JSON", "The order could not be fulfilled."),
        ("States.Timeout", "", "Nobody decided on the order in time."),
        ("UnavailableError", "{}", "The order could not be fulfilled."),
    ],
)
def test_the_reason_is_for_people(world: World, error: str, cause: str, reason: str) -> None:
    key = world.paid()
    world.step("undo", key, error=error, cause=cause)
    assert world.order(key.order_id).reason == reason


def test_an_order_that_cannot_be_refunded_is_not_undone_in_part(world: World) -> None:
    # given
    key = world.paid(quantity=5)
    world.step("reserve", key)
    world.outage(down=True)

    # then
    with pytest.raises(UnavailableError):
        world.step("undo", key)
    assert world.order(key.order_id).status == "paid"
    assert world.stock("mug") == 995

    # when
    world.outage(down=False)
    world.step("undo", key)

    # then
    assert world.stock("mug") == 1000


@pytest.mark.parametrize("operation", ["reserve", "book", "ship", "ask"])
def test_a_task_that_comes_after_the_order_was_undone_changes_nothing(
    world: World, operation: str
) -> None:
    # given
    key = world.paid()
    world.step("undo", key)
    more = {"token": "t"} if operation == "ask" else {}

    # then
    with pytest.raises(InvalidRequestError):
        world.step(operation, key, **more)
    assert world.order(key.order_id).status == "cancelled"
    assert world.stock("mug") == 1000


def test_a_shipped_order_is_not_undone(world: World) -> None:
    key = world.paid()
    world.step("ship", key)
    with pytest.raises(InvalidRequestError):
        world.step("undo", key)
    assert world.charges()[0]["refund_id"] is None


def test_a_reservation_made_while_an_order_is_undone_is_seen(world: World) -> None:
    """The other branch of the workflow may be at work when one has failed."""
    # given: the reservation is made after the undoing looked for one
    key = world.paid(quantity=5)
    orders: Any = world.fulfilment._orders  # the moment between reading and writing
    reserved = orders.reserved

    def late(asked: object) -> None:
        assert asked == key
        orders.reserved = reserved
        world.step("reserve", key)

    orders.reserved = late

    # then: the undoing fails, and Step Functions repeats it
    with pytest.raises(UnavailableError, match="changed"):
        world.step("undo", key)
    world.step("undo", key)
    assert world.stock("mug") == 1000
    assert world.order(key.order_id).status == "cancelled"
