"""A deleted image is gone from every store, and its receipt says so."""

from sqlalchemy import select

from runtime.gallery.search.item_deletion import ItemDeletion
from runtime.gallery.shared.models import Analysis
from tests.runtime.gallery.search.world import World


def test_deletion_removes_objects_rows_and_vectors(world: World) -> None:
    # given
    item_id = world.image("cat.png", "A cat.")

    # when
    status, body = world.call("DELETE", f"/gallery/items/{item_id}")

    # then
    assert (status, body) == (204, {})
    assert world.storage.deleted == [
        "acme/ann/originals/cat.png",
        "acme/ann/thumbnails/cat.png",
    ]
    with world.database.transaction("acme") as session:
        assert session.scalars(select(Analysis)).all() == []
    assert world.call("GET", f"/gallery/items/{item_id}")[0] == 404


def test_a_deletion_leaves_a_receipt_that_counts_what_each_store_held(world: World) -> None:
    # given
    item_id = world.image("cat.png", "A cat.")
    place = f"/gallery/items/{item_id}/deletion"
    assert world.call("GET", place)[0] == 404

    # when
    world.call("DELETE", f"/gallery/items/{item_id}")

    # then
    status, receipt = world.call("GET", place)
    assert (status, receipt["state"], receipt["requested_by"]) == (200, "done", "ann")
    assert receipt["stores"] == {
        store: {"before": 1, "after": 0}
        for store in ("original", "thumbnail", "items", "analyses", "embeddings")
    }
    assert ItemDeletion.model_validate(receipt).sum() == receipt["checksum"]
    assert "cat" not in str(receipt)
    assert world.call("GET", place, tenant="globex")[0] == 404


def test_a_deletion_that_failed_is_pending_and_goes_on_when_it_is_asked_for_again(
    world: World,
) -> None:
    # given
    item_id = world.image("cat.png", "A cat.")
    world.storage.down = True
    failed, _ = world.call("DELETE", f"/gallery/items/{item_id}")
    _, pending = world.call("GET", f"/gallery/items/{item_id}/deletion")
    assert world.item(item_id).status == "ready"

    # when
    world.storage.down = False
    world.call("DELETE", f"/gallery/items/{item_id}")

    # then
    _, receipt = world.call("GET", f"/gallery/items/{item_id}/deletion")
    assert (failed, pending["state"], pending["attempts"]) == (503, "pending", 1)
    assert (receipt["state"], receipt["attempts"]) == ("done", 2)
    assert receipt["requested_at"] == pending["requested_at"]


def test_content_that_comes_while_its_image_is_deleted_is_kept_and_said(world: World) -> None:
    # given
    item_id = world.image("cat.png", "A cat.")
    world.storage.meanwhile = lambda: world.image("cat.png", sequencer="02", colour="blue")

    # when
    status, _ = world.call("DELETE", f"/gallery/items/{item_id}")

    # then
    assert status == 409
    assert world.item(item_id).revision == "02"
