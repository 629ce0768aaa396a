"""Deleting a document leaves nothing behind and a receipt that says so."""

import pytest

from runtime.shared.deletions import Counts, Deletion
from runtime.shared.errors import UnavailableError
from tests.runtime.knowledge.document_processor.world import (
    DOCUMENT,
    FIRST,
    LAST,
    World,
    version_of,
)

BEFORE, DELETED, AFTER = (f"2026-01-01T00:00:0{second}.000+00:00" for second in range(3))


@pytest.fixture
def world() -> World:
    """A document of two chunks whose deletion was asked for."""
    world = World()
    world.uploads.put("one\ntwo", announced_at=BEFORE)
    world.process()
    asked_for(world)
    return world


def asked_for(world: World) -> None:
    """Do what the function of records does."""
    world.deletions.deletion = Deletion(
        document_id=DOCUMENT.document_id, requested_at=DELETED, requested_by="user-1"
    )
    world.uploads.delete()
    world.records.record = None


def receipt(world: World) -> Deletion:
    assert world.deletions.deletion is not None
    return world.deletions.deletion


def test_a_receipt_has_the_counts_of_each_store_before_and_after_and_a_checksum(
    world: World,
) -> None:
    # when
    assert world.process() == ["removed"]
    # then
    done = receipt(world)
    assert (done.state, done.attempts, done.requested_by) == ("done", 1, "user-1")
    names = ("vectors", "graph", "table", "markdown")
    assert done.stores == dict.fromkeys(names, Counts(before=2, after=0))
    assert done.finished_at == "1970-01-01T00:16:40.000+00:00"
    assert done.checksum == done.sum()
    forged = {**done.stores, "graph": Counts(before=0, after=0)}
    assert done.model_copy(update={"stores": forged}).sum() != done.checksum


def test_a_store_that_fails_keeps_the_deletion_pending_and_the_others_are_emptied(
    world: World,
) -> None:
    # given
    world.vectors.broken = UnavailableError("down")
    # when
    for delivery in (FIRST, LAST):
        with pytest.raises(UnavailableError, match="vectors"):
            world.process(delivery)
    # then
    pending = receipt(world)
    assert (pending.state, pending.attempts, pending.checksum) == ("pending", 2, None)
    assert world.stored_versions[1:] == [set()] * 3
    # when
    world.vectors.broken = None
    world.process()
    # then
    done = receipt(world)
    assert (done.state, done.attempts) == ("done", 3)
    assert done.stores["graph"] == Counts(before=2, after=0)  # as the first attempt found it
    assert done.stores["vectors"] == Counts(before=2, after=0)


def test_a_store_that_still_shows_what_was_deleted_is_waited_for(world: World) -> None:
    # given
    world.vectors.lags = [2, 2, 1]
    # when
    world.process()
    # then
    assert receipt(world).stores["vectors"] == Counts(before=2, after=0)


def test_a_store_that_never_shows_it_gone_keeps_the_deletion_pending(world: World) -> None:
    # given
    world.vectors.lags = [2] * 10_000
    # when, then
    with pytest.raises(UnavailableError):
        world.process()
    assert receipt(world).state == "pending"


def test_a_deletion_that_is_done_is_not_done_again(world: World) -> None:
    # given
    world.process()
    done = receipt(world)
    # when
    world.process()
    # then
    assert receipt(world) == done


def test_an_object_deleted_past_the_api_gets_a_receipt_too() -> None:
    # given
    world = World()
    world.uploads.put("one")
    world.process()
    # when
    world.uploads.delete()
    world.process()
    # then
    assert (receipt(world).state, receipt(world).requested_by) == ("done", None)
    assert world.records.record is None
    # when
    world.uploads.put("again")
    world.process()
    world.uploads.delete()
    world.process()
    # then
    assert world.stored_versions == [set()] * 4


def test_a_form_of_before_the_deletion_brings_nothing_back(world: World) -> None:
    # given
    world.process()
    # when
    world.uploads.put("late", announced_at=BEFORE)
    outcomes = world.process()
    # then
    assert outcomes == ["refused", "removed"]
    assert world.records.record is None
    assert world.stored_versions == [set()] * 4


def test_a_form_of_before_does_not_replace_what_one_of_after_has_brought(world: World) -> None:
    # given
    world.process()
    world.uploads.put("new", announced_at=AFTER)
    world.process()
    # when
    world.uploads.put("late", announced_at=BEFORE)
    outcomes = world.process()
    # then
    assert outcomes == ["refused", "unchanged"]
    assert world.record.live_version == version_of("new")


def test_a_file_that_comes_before_the_old_ones_are_gone_is_live_alone(world: World) -> None:
    # given
    world.vectors.broken = UnavailableError("down")
    with pytest.raises(UnavailableError):
        world.process()
    world.vectors.broken = None
    # when
    world.uploads.put("new", announced_at=AFTER)
    world.process()
    # then
    assert receipt(world).state == "done"
    assert world.stored_versions == [{version_of("new")}] * 4
