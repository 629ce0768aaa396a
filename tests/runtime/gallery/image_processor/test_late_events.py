"""Events that come late, or again, about content that was replaced or deleted, change nothing."""

import pytest

from runtime.gallery.shared.models import Analysis, Deletion
from tests.runtime.gallery.fakes import CAT, picture
from tests.runtime.gallery.image_processor.world import World


@pytest.mark.parametrize(("first", "late"), [("0B", "0A"), ("1", "0FFF"), ("00A1", "00A")])
def test_a_late_event_of_older_content_changes_nothing(world: World, first: str, late: str) -> None:
    # given
    old = world.bucket.put(CAT, picture("red"), late)
    new = world.bucket.put(CAT, picture("blue"), first)
    world.run(new)
    before = world.item()

    # when
    world.run(old)

    # then
    after = world.item()
    assert before is not None
    assert after is not None
    assert (after.revision, after.updated_at) == (first, before.updated_at)
    assert len(world.bus.events) == 1


def test_an_event_whose_content_was_replaced_meanwhile_leaves_it_to_the_newer_one(
    world: World,
) -> None:
    # given
    old = world.bucket.put(CAT, picture("red"), "0A")
    world.bucket.put(CAT, picture("blue"), "0B")

    # when
    world.run(old)

    # then
    assert world.bus.events == []
    assert CAT.thumbnail not in world.bucket.objects


def test_a_deleted_upload_leaves_no_event_and_no_thumbnail(world: World) -> None:
    # given
    event = world.bucket.put(CAT, picture(), "01")
    world.bucket.objects.clear()

    # when
    world.run(event)

    # then
    assert world.bus.events == []
    assert world.bucket.objects == {}
    assert world.item() is None


@pytest.mark.parametrize(
    ("deleted_at", "comes_back"), [("02", False), ("01", False), ("00F", True)]
)
def test_a_deleted_item_stays_deleted_when_an_event_of_before_comes_again(
    world: World, deleted_at: str, *, comes_back: bool
) -> None:
    # given: the object is still there, as in a bucket that is slow to say so
    event = world.bucket.put(CAT, picture(), "01")
    with world.database.transaction("acme") as session:
        session.add(
            Deletion(item_id=CAT.item_id, tenant_id="acme", sequencer=deleted_at, receipt={})
        )

    # when
    world.run(event)
    world.step.fail(event, "It failed.")

    # then
    assert (world.item() is not None) == comes_back
    assert bool(world.bus.events) == comes_back


def test_an_item_whose_new_content_is_gone_keeps_what_was_made_of_the_old(world: World) -> None:
    # given
    world.run(world.bucket.put(CAT, picture("red"), "01"))
    with world.database.transaction("acme") as session:
        session.add(
            Analysis(
                tenant_id="acme",
                item_id=CAT.item_id,
                user_id="ann",
                version=1,
                request_id="r",
                category="pet",
                summary="A cat.",
                raw_response={},
                provider_used="local",
                model_used="m",
                trace_id="t",
            )
        )
    event = world.bucket.put(CAT, picture("blue"), "02")
    world.bucket.objects.clear()

    # when
    world.run(event)

    # then
    assert world.item() is not None
