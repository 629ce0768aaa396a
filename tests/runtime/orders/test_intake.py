"""An order is placed once, is never lost, and its personal data is readable to its tenant only."""

import json

import pytest

from runtime.orders.shared.order import Customer
from runtime.orders.shared.personal import KmsVault, opened
from runtime.shared.errors import RejectedError, UnavailableError
from tests.runtime.orders.world import World


def test_the_same_key_is_the_same_order(world: World) -> None:
    # when
    first, second = world.place("key-1"), world.place("key-1")

    # then
    assert first == second
    assert len(world.all("ORDER#")) == 1


def test_a_key_of_another_tenant_is_another_order(world: World) -> None:
    # given
    other = World(world.parts, f"{world.tenant}-2")

    # then
    assert world.place("key-1").order_id != other.place("key-1").order_id


def test_a_key_is_not_good_for_another_order(world: World) -> None:
    # given
    world.place("key-1", quantity=1)

    # then
    with pytest.raises(RejectedError, match="key_reused"):
        world.place("key-1", quantity=2)
    assert world.order(world.key("key-1").order_id).lines[0].quantity == 1


def test_an_order_whose_producer_got_no_answer_is_queued_when_it_asks_again(world: World) -> None:
    # given: the queue fails after the row is written
    put = world.queue.put
    world.queue.put = _refuses
    with pytest.raises(UnavailableError):
        world.place("key-1")
    assert world.queue.messages == []

    # when
    world.queue.put = put
    world.place("key-1")

    # then
    assert len(world.queue.messages) == 1


def test_an_order_that_is_done_is_not_queued_again(world: World) -> None:
    # given
    world.place("key-1")
    world.process()

    # when
    receipt = world.place("key-1")

    # then
    assert receipt.status == "paid"
    assert world.queue.messages == []


def test_nothing_that_is_kept_or_sent_has_personal_data_in_the_clear(world: World) -> None:
    # when
    receipt = world.place()
    row = world.order(receipt.order_id).model_dump_json()

    # then
    for text in (row, json.dumps(world.queue.messages)):
        for planted in ("Ada", "ada@", "Example Street"):
            assert planted not in text


def test_a_customer_is_read_as_it_was_written(world: World) -> None:
    # given
    stored = world.order(world.place().order_id).customer

    # when: another environment, which has nothing in memory
    vault = KmsVault(world.parts.key_arn, world.table)
    customer = opened(vault, world.tenant, stored)

    # then
    assert customer == Customer(
        name="Ada Example", email="ada@example.com", address="1 Example Street"
    )


@pytest.mark.parametrize(("tenant", "field"), [("globex", "name"), (None, "email")])
def test_a_ciphertext_opens_only_as_its_field_of_its_tenant(
    world: World, tenant: str | None, field: str
) -> None:
    # given
    stored = world.order(world.place().order_id).customer

    # then
    with pytest.raises(UnavailableError, match="not where it belongs"):
        world.vault.open(tenant or world.tenant, field, stored.name)


def test_what_is_no_ciphertext_is_refused_without_being_quoted(world: World) -> None:
    with pytest.raises(UnavailableError) as caught:
        world.vault.open(world.tenant, "name", "Ada Example")
    assert "Ada" not in str(caught.value)


def test_equal_addresses_have_equal_hashes_within_a_tenant_and_nowhere_else(world: World) -> None:
    # given
    fresh = KmsVault(world.parts.key_arn, world.table)
    address = world.vault.hash(world.tenant, "ada@example.com")

    # then
    assert fresh.hash(world.tenant, " Ada@Example.com") == address
    assert fresh.hash(f"{world.tenant}-2", "ada@example.com") != address
    assert fresh.hash(world.tenant, "bob@example.com") != address


def test_two_environments_that_make_the_hash_key_at_once_agree(world: World) -> None:
    # given: both see that there is none yet
    one, other = (KmsVault(world.parts.key_arn, world.table) for _ in range(2))
    tenant = f"{world.tenant}-new"
    made: list[str] = []
    kept = other._kept  # the moment between reading and writing

    def first_sees_nothing(row: dict[str, str]) -> str | None:
        if not made:
            made.append(one.hash(tenant, "ada@example.com"))
            return None
        return kept(row)

    other._kept = first_sees_nothing

    # then
    assert other.hash(tenant, "ada@example.com") == made[0]


def test_orders_of_a_customer_share_a_group_that_does_not_name_it(world: World) -> None:
    # when
    world.place(customer_id="c-1")
    world.place(customer_id="c-1")
    world.place(customer_id="c-2")

    # then
    groups = [group for _, group in world.queue.messages]
    assert groups[0] == groups[1] != groups[2]
    assert "c-1" not in groups[0]


def _refuses(*_: object) -> None:
    raise UnavailableError("the queue did not take it")
