import pytest

from runtime.knowledge.document_processor.ports import Delivery, NotNowError
from runtime.shared.documents import UNSEEN, DocumentRecord
from runtime.shared.errors import (
    DeniedError,
    InvalidRequestError,
    NotConfiguredError,
    RejectedError,
    UnavailableError,
)
from tests.runtime.knowledge.document_processor.world import FIRST, KEY, LAST, World, version_of


def test_an_uploaded_document_becomes_ready_through_every_stage(world: World) -> None:
    # given
    world.uploads.put("one\ntwo")
    # when
    outcomes = world.process()
    # then
    assert outcomes == ["published"]
    stages = ["received", "converting", "embedding", "indexing", "ready"]
    assert world.records.statuses == stages
    assert world.record.live_version == version_of("one\ntwo")
    assert world.record.chunk_count == 2
    assert world.stored_versions == [{version_of("one\ntwo")}] * 4


def test_the_same_bytes_again_change_nothing(world: World) -> None:
    # given
    world.uploads.put("one")
    world.process()
    before = world.record
    # when
    world.uploads.put("one")
    outcomes = world.process()
    # then
    assert outcomes == ["unchanged"]
    newest = world.uploads.current(KEY)
    assert newest is not None
    assert world.record == before.model_copy(update={"object_version": newest.version_id})
    assert (world.converter.calls, world.vectors.writes) == (1, 1)


def test_the_live_bytes_uploaded_after_a_failed_version_are_ready_at_once(world: World) -> None:
    # given
    world.uploads.put("one")
    world.process()
    world.converter.failures = [RejectedError("corrupt", "The file is damaged.")]
    world.uploads.put("two")
    world.process()
    # when
    world.uploads.put("one")
    outcomes = world.process()
    # then
    assert outcomes == ["unchanged"]
    assert (world.record.status, world.record.reason) == ("ready", None)


def test_a_new_version_replaces_the_old_one_completely(world: World) -> None:
    # given
    world.uploads.put("old")
    world.process()
    # when
    world.uploads.put("new\nnewer")
    world.process()
    # then
    assert world.record.live_version == version_of("new\nnewer")
    assert world.stored_versions == [{version_of("new\nnewer")}] * 4


def test_the_old_version_stays_complete_until_the_new_one_is_live(world: World) -> None:
    # given
    world.uploads.put("old")
    world.process()
    seen: list[tuple[str | None, set[str]]] = []
    write = world.graph.write
    world.graph.write = lambda edition: (
        seen.append((world.record.live_version, set(world.vectors.versions))),
        write(edition),
    )[1]
    # when
    world.uploads.put("new")
    world.process()
    # then
    assert seen == [(version_of("old"), {version_of("old"), version_of("new")})]


@pytest.mark.parametrize(
    "failure",
    [
        RejectedError("corrupt", "the file is damaged"),
        InvalidRequestError("chunks.0.text: Field required"),
    ],
)
def test_what_can_never_be_read_fails_with_a_reason_and_is_done(
    world: World, failure: Exception
) -> None:
    # given
    world.uploads.put("old")
    world.process()
    world.uploads.put("new")
    world.converter.failures = [failure]
    # when
    outcomes = world.process()
    # then
    assert outcomes == ["failed"]
    assert world.record.status == "failed"
    assert world.record.reason in {"The file is damaged.", "The document could not be processed."}
    assert world.record.live_version == version_of("old")
    assert world.stored_versions == [{version_of("old")}] * 4


def test_a_document_without_text_fails(world: World) -> None:
    # given
    world.uploads.put("\n\n")
    # when
    outcomes = world.process()
    # then
    assert outcomes == ["failed"]
    assert world.record.reason == "The document contains no text that can be read."
    assert world.vectors.writes == 0


def test_a_service_that_is_down_fails_the_message_and_the_next_delivery_succeeds(
    world: World,
) -> None:
    # given
    world.uploads.put("one")
    world.graph.broken = UnavailableError("connection refused")
    with pytest.raises(UnavailableError):
        world.process()
    assert (world.record.status, world.record.attempt) == ("indexing", 1)
    # when
    world.graph.broken = None
    outcomes = world.process(LAST)
    # then
    assert outcomes == ["published"]
    assert world.record.status == "ready"


def test_the_last_delivery_that_fails_leaves_a_reason_and_nothing_else(world: World) -> None:
    # given
    world.uploads.put("old")
    world.process()
    world.uploads.put("new")
    world.graph.broken = UnavailableError("bolt://10.0.0.7 refused")
    # when
    with pytest.raises(UnavailableError):
        world.process(LAST)
    # then
    assert world.record.status == "failed"
    assert "3 attempts" in (world.record.reason or "")
    assert world.stored_versions == [{version_of("old")}] * 4


@pytest.mark.parametrize("failure", [DeniedError("lambda refused"), NotConfiguredError("no key")])
def test_what_an_operator_must_mend_fails_without_internals_and_fails_the_message(
    world: World, failure: Exception
) -> None:
    # given
    world.uploads.put("one")
    world.graph.broken = failure
    # when
    with pytest.raises(type(failure)):
        world.process()
    # then
    assert world.record.status == "failed"
    assert world.record.reason == "The service is not set up completely."
    assert world.leases.holder is None


def test_an_object_that_may_not_be_read_fails_the_document_that_awaits_it(world: World) -> None:
    # given
    world.uploads.put("one")
    world.process()
    world.records.record = world.record.model_copy(update={"status": "awaiting_upload"})
    world.uploads.denied = True
    # when
    with pytest.raises(DeniedError):
        world.process()
    # then
    assert world.record.status == "failed"
    assert world.record.live_version == version_of("one")
    assert world.record.object_version == UNSEEN


def test_a_file_that_fails_before_its_work_begins_is_the_one_that_failed(world: World) -> None:
    # given
    world.records.record = DocumentRecord(document_id="a", created_at="now", updated_at="now")
    world.uploads.put("one")
    newest = world.uploads.current(KEY)
    assert newest is not None
    world.uploads.unreadable = True
    # when
    with pytest.raises(DeniedError):
        world.process()
    # then: so that its status is not taken for one of an older file, while this one waits
    assert (world.record.status, world.record.object_version) == ("failed", newest.version_id)


def test_a_version_goes_live_only_when_all_stores_count_the_same(world: World) -> None:
    # given
    world.uploads.put("one\ntwo\nthree")
    world.vectors.loses = 1
    # when
    with pytest.raises(UnavailableError, match="'vectors': 2"):
        world.process()
    # then
    assert world.record.live_version is None
    assert world.stored_versions == [set()] * 4


def test_a_store_that_lags_is_waited_for(world: World) -> None:
    # given
    world.uploads.put("one\ntwo")
    world.vectors.lags = [0, 1]
    # when
    outcomes = world.process()
    # then
    assert outcomes == ["published"]


def test_a_change_that_comes_meanwhile_is_handed_to_the_holder_of_the_lease(world: World) -> None:
    # given
    handed_over: list[list[str]] = []

    def new_version() -> None:
        world.uploads.put("new")
        handed_over.append(world.process())

    world.uploads.put("old")
    world.converter.meanwhile = [new_version]
    # when
    outcomes = world.process()
    # then
    assert handed_over == [["handed_over"]]
    assert outcomes[-1] in {"published", "unchanged"}
    assert world.record.live_version == version_of("new")
    assert world.stored_versions == [{version_of("new")}] * 4


@pytest.mark.parametrize("delivery", [FIRST, LAST])
def test_a_holder_at_its_last_attempt_is_handed_nothing_and_waiting_for_it_is_no_failure(
    world: World, delivery: Delivery
) -> None:
    # given
    world.uploads.put("one")
    world.process()
    world.uploads.put("two")
    world.leases.holder = LAST
    # when
    with pytest.raises(NotNowError):
        world.process(delivery)
    # then
    assert world.record.status == "ready"
    world.leases.holder = None
    assert world.process() == ["published"]
    assert world.record.live_version == version_of("two")
