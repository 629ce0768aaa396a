"""Uploads become rows and thumbnails; repeated, late and failing ones change nothing."""

import pytest
from sqlalchemy import select

from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Item
from runtime.shared.errors import RejectedError, UnavailableError
from tests.runtime.gallery.fakes import CAT, created, picture
from tests.runtime.gallery.image_processor.world import World


def test_an_upload_becomes_a_row_a_thumbnail_and_an_event(world: World) -> None:
    # given
    event = world.bucket.put(CAT, picture(size=(1600, 800)), "01")

    # when
    world.run(event)

    # then
    item = world.item()
    assert item is not None
    assert (item.status, item.mime_type, item.width, item.height) == (
        "analyzing", "image/png", 1600, 800,
    )  # fmt: skip
    assert item.thumbnail_path == "acme/ann/thumbnails/cat.png"
    assert "acme/ann/thumbnails/cat.png" in world.bucket.objects
    [told] = world.bus.processed()
    assert (told.item_id, told.tenant_id, told.user_id) == (CAT.item_id, "acme", "ann")
    assert (told.original_key, told.request_id) == (CAT.original, "upload:01")


def test_the_same_event_again_changes_nothing_and_tells_again(world: World) -> None:
    # given
    event = world.bucket.put(CAT, picture(), "01")
    world.run(event)
    before = world.item()

    # when
    world.run(event)

    # then
    after = world.item()
    assert before is not None
    assert after is not None
    assert after.updated_at == before.updated_at
    assert len(world.bucket.opened) == 1
    assert world.bus.events[0] == world.bus.events[1]


def test_an_event_whose_telling_failed_is_told_when_it_comes_again(world: World) -> None:
    # given
    event = world.bucket.put(CAT, picture(), "01")
    world.bus.down = True
    with pytest.raises(UnavailableError):
        world.run(event)

    # when
    world.bus.down = False
    world.run(event)

    # then
    assert [told.request_id for told in world.bus.processed()] == ["upload:01"]


def test_new_content_under_the_same_name_replaces_the_old(world: World) -> None:
    # given
    world.run(world.bucket.put(CAT, picture(size=(40, 30)), "0A"))

    # when
    world.run(world.bucket.put(CAT, picture("blue", (50, 20)), "0B"))

    # then
    item = world.item()
    assert item is not None
    assert (item.width, item.revision, item.status) == (50, "0B", "analyzing")
    assert [told.request_id for told in world.bus.processed()] == ["upload:0A", "upload:0B"]


def test_the_same_bytes_uploaded_again_keep_their_revision(world: World) -> None:
    # given
    world.run(world.bucket.put(CAT, picture(), "0A"))

    # when
    world.run(world.bucket.put(CAT, picture(), "0B"))

    # then
    assert {told.request_id for told in world.bus.processed()} == {"upload:0A"}
    assert len(world.bucket.opened) == 1


@pytest.mark.parametrize(
    "key",
    [
        "acme/ann/thumbnails/cat.png",
        "acme/ann/originals/deeper/cat.png",
        "acme/ann/originals/cat.gif",
        "acme/ann/cat.png",
        "ACME/ann/originals/cat.png",
        "cat.png",
    ],
)
def test_thumbnails_and_other_objects_are_left_alone(world: World, key: str) -> None:
    # given
    content = picture()
    world.bucket.objects[key] = content

    # when
    world.run(created(key, content, "01"))

    # then
    assert world.bus.events == []
    assert list(world.bucket.objects) == [key]


def test_names_of_any_script_stay_one_path_segment(world: World) -> None:
    # given
    key = ItemKey("acme", "auth0|ann/../x", "Übersicht 100%.png")

    # when
    world.run(world.bucket.put(key, picture(), "01"))

    # then
    item = world.item(key)
    assert item is not None
    assert (item.user_id, item.filename) == ("auth0|ann/../x", "Übersicht 100%.png")
    assert item.file_path.count("/") == 3


def test_a_broken_image_fails_with_its_reason_and_tells_nobody(world: World) -> None:
    # given
    event = world.bucket.put(CAT, picture()[:-30], "01")

    # when
    with pytest.raises(RejectedError, match="corrupt"):
        world.run(event)
    world.step.fail(event, "The image is damaged or incomplete.")

    # then
    item = world.item()
    assert item is not None
    assert (item.status, item.reason) == ("failed", "The image is damaged or incomplete.")
    assert world.bus.events == []
    assert all(file.closed for file in world.bucket.opened)


def test_a_file_that_is_too_large_is_refused_without_reading_it(world: World) -> None:
    # given
    event = world.bucket.put(CAT, b"x" * 10_001, "01")

    # when, then
    with pytest.raises(RejectedError, match="too_large"):
        world.run(event)
    assert world.bucket.opened == []


def test_the_failure_of_an_older_upload_does_not_touch_a_newer_one(world: World) -> None:
    # given
    broken = world.bucket.put(CAT, b"broken", "0A")
    world.run(world.bucket.put(CAT, picture(), "0B"))

    # when
    world.step.fail(broken, "broken")

    # then
    item = world.item()
    assert item is not None
    assert (item.status, item.reason) == ("analyzing", None)


def test_a_failed_upload_that_is_redriven_succeeds(world: World) -> None:
    # given
    event = world.bucket.put(CAT, picture(), "01")
    world.step.fail(event, "the disk was full")

    # when
    world.run(event)

    # then
    item = world.item()
    assert item is not None
    assert (item.status, item.reason) == ("analyzing", None)
    assert len(world.bus.processed()) == 1


def test_two_tenants_with_the_same_names_have_two_items(world: World) -> None:
    # given
    other = ItemKey("globex", CAT.user, CAT.filename)

    # when
    world.run(world.bucket.put(CAT, picture("red"), "01"))
    world.run(world.bucket.put(other, picture("blue"), "01"))

    # then
    assert CAT.item_id != other.item_id
    with world.database.transaction("acme") as session:
        assert session.scalars(select(Item.tenant_id)).all() == ["acme"]
