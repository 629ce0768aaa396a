"""What is deleted goes from every store, and stays away."""

from tests.runtime.knowledge.document_processor.world import KEY, World, version_of


def test_a_deleted_object_takes_everything_with_it(world: World) -> None:
    # given
    world.uploads.put("one")
    world.process()
    # when
    world.uploads.delete()
    outcomes = world.process()
    # then
    assert outcomes == ["removed"]
    assert world.records.record is None
    assert world.stored_versions == [set()] * 4


def test_a_removal_that_comes_after_a_newer_upload_removes_nothing(world: World) -> None:
    # given
    world.uploads.put("one")
    world.process()
    world.uploads.delete()
    world.uploads.put("two")
    # when
    world.process()
    # then
    assert world.record.live_version == version_of("two")


def test_a_record_that_awaits_another_upload_survives_the_removal_of_the_last_one(
    world: World,
) -> None:
    # given
    world.uploads.put("one")
    world.process()
    world.uploads.delete()
    world.records.record = world.record.model_copy(update={"status": "awaiting_upload"})
    # when
    world.process()
    # then
    assert (world.record.status, world.record.live_version) == ("awaiting_upload", None)
    assert world.stored_versions == [set()] * 4


def test_a_document_deleted_while_it_is_converted_does_not_come_back(world: World) -> None:
    # given
    def deleted() -> None:
        world.uploads.delete()
        world.records.record = None

    world.uploads.put("one")
    world.converter.meanwhile = [deleted]
    # when
    outcomes = world.process()
    world.process()  # the event of the removal
    # then
    assert outcomes == ["gone"]
    assert world.records.record is None
    assert world.stored_versions == [set()] * 4


def test_an_event_of_a_former_key_does_not_touch_the_document(world: World) -> None:
    # given
    world.uploads.put("one")
    world.process()
    # when
    outcomes = world.process(key=KEY.replace("manual", "former"))
    # then
    assert outcomes == ["unchanged"]
    assert world.record.live_version == version_of("one")
