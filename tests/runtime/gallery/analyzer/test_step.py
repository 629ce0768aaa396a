"""Every request is analyzed once; every analysis has its own version."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from sqlalchemy import select, text

from runtime.gallery.analyzer.analyses import AnalysisRows
from runtime.gallery.analyzer.answer import Answer
from runtime.gallery.analyzer.core import GONE, AnalysisStep
from runtime.gallery.analyzer.vision import Looked, Subject
from runtime.gallery.image_processor.core import ThumbnailStep
from runtime.gallery.image_processor.items import ItemRows
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.events import ImageProcessed
from runtime.gallery.shared.models import Analysis, Item
from runtime.shared.errors import UnavailableError
from tests.runtime.gallery.conftest import Server
from tests.runtime.gallery.fakes import CAT, FakeBucket, FakeBus, picture

ANSWER = Answer(category="pet", summary="A cat.", tags=["cat", "Sofa"], visible_text="PURR")


@dataclass
class FakeProvider:
    """Answers at once, or does first what the test wants to happen meanwhile."""

    meanwhile: Callable[[], object] = lambda: None
    looked: int = 0

    def look(self, subject: Subject) -> Looked:
        assert subject.filename == CAT.filename
        assert subject.picture.image.mode == "RGB"
        self.looked += 1
        self.meanwhile()
        return Looked(ANSWER, "fake", "fake-1", {"prompt_version": "v1"})


@dataclass
class World:
    """An item with a thumbnail, the step, and what is around it."""

    database: Database
    bucket: FakeBucket
    bus: FakeBus
    provider: FakeProvider
    step: AnalysisStep
    event: ImageProcessed

    def run(self, event: ImageProcessed | None = None) -> None:
        self.step.run(event or self.event, "1-trace")

    def again(self, request_id: str) -> ImageProcessed:
        return self.event.model_copy(update={"request_id": request_id})

    def analyses(self) -> list[Analysis]:
        with self.database.transaction("acme") as session:
            found = session.scalars(select(Analysis).order_by(Analysis.version)).all()
            session.expunge_all()
            return list(found)

    def item(self) -> Item:
        with self.database.transaction("acme") as session:
            item = session.get_one(Item, CAT.item_id)
            session.expunge_all()
            return item

    def upload(self, content: bytes, sequencer: str) -> ImageProcessed:
        bus = FakeBus()
        event = self.bucket.put(CAT, content, sequencer)
        ThumbnailStep(ItemRows(self.database), self.bucket, bus, 10_000).run(event, "t")
        return bus.processed()[0]

    def delete(self) -> None:
        with self.database.transaction("acme") as session:
            session.execute(text("DELETE FROM items"))


@pytest.fixture
def world(database: Database) -> World:
    bucket, bus, provider = FakeBucket(), FakeBus(), FakeProvider()
    step = AnalysisStep(AnalysisRows(database), bucket.original, lambda: provider, bus)
    event = ImageProcessed(
        item_id=CAT.item_id, tenant_id="acme", user_id="ann", bucket="gallery",
        original_key=CAT.original, thumbnail_key=CAT.thumbnail, revision="01", request_id="none",
    )  # fmt: skip
    made = World(database, bucket, bus, provider, step, event)
    made.event = made.upload(picture(), "01")
    return made


def test_an_image_becomes_an_analysis_and_an_event(world: World) -> None:
    # when
    world.run()

    # then
    [analysis] = world.analyses()
    assert (analysis.version, analysis.category, analysis.summary) == (1, "pet", "A cat.")
    assert (analysis.provider_used, analysis.model_used, analysis.trace_id) == (
        "fake", "fake-1", "1-trace",
    )  # fmt: skip
    assert analysis.raw_response["tags"] == ["cat", "sofa"]
    assert analysis.raw_response["details"] == {"prompt_version": "v1"}
    assert analysis.raw_response["facts"]["colours"][0]["name"] == "red"
    assert world.item().status == "embedding"
    [told] = world.bus.analyzed()
    assert (told.item_id, told.analysis_id, told.user_id) == (CAT.item_id, analysis.id, "ann")


def test_the_database_fills_the_search_vector_by_itself(world: World) -> None:
    # when
    world.run()

    # then
    with world.database.transaction("acme") as session:
        vector = session.execute(text("SELECT search_vector::text FROM analyses")).scalar_one()
    assert vector == "'cat':2A,6B 'pet':1A 'purr':7C 'sofa':4A"


def test_the_same_event_again_analyzes_nothing_and_tells_again(world: World) -> None:
    # given
    world.run()

    # when
    world.run()

    # then
    assert len(world.analyses()) == 1
    assert world.provider.looked == 1
    assert world.bus.events[0] == world.bus.events[1]


def test_an_analysis_whose_telling_failed_is_told_when_the_event_comes_again(world: World) -> None:
    # given
    world.bus.down = True
    with pytest.raises(UnavailableError):
        world.run()

    # when
    world.bus.down = False
    world.run()

    # then
    assert len(world.analyses()) == 1
    assert len(world.bus.analyzed()) == 1


def test_a_new_request_raises_the_version(world: World) -> None:
    # given
    world.run()

    # when
    world.run(world.again("reanalyze:1"))

    # then
    assert [each.version for each in world.analyses()] == [1, 2]


def test_analyses_of_one_item_at_once_get_different_versions(
    world: World, server: Server, database_name: str
) -> None:
    # given
    together = Barrier(4, timeout=10)
    engines = [server.app(database_name) for _ in range(4)]
    steps = [
        AnalysisStep(
            AnalysisRows(Database(engine)),
            world.bucket.original,
            lambda: FakeProvider(together.wait),
            world.bus,
        )
        for engine in engines
    ]

    # when
    with ThreadPoolExecutor(4) as threads:
        runs = [
            threads.submit(step.run, world.again(f"reanalyze:{number}"), "t")
            for number, step in enumerate(steps)
        ]
        for run in runs:
            run.result()

    # then
    assert [each.version for each in world.analyses()] == [1, 2, 3, 4]
    for engine in engines:
        engine.dispose()


def test_one_request_delivered_twice_at_once_becomes_one_analysis(
    world: World, server: Server, database_name: str
) -> None:
    # given
    together = Barrier(2, timeout=10)
    engines = [server.app(database_name) for _ in range(2)]
    provider = FakeProvider(together.wait)
    rows = [AnalysisRows(Database(engine)) for engine in engines]
    steps = [
        AnalysisStep(each, world.bucket.original, lambda: provider, world.bus) for each in rows
    ]

    # when
    with ThreadPoolExecutor(2) as threads:
        for run in [threads.submit(step.run, world.event, "t") for step in steps]:
            run.result()

    # then
    assert len(world.analyses()) == 1
    assert world.bus.events[0] == world.bus.events[1]
    for engine in engines:
        engine.dispose()


def test_content_replaced_during_the_analysis_leaves_it_to_the_newer_one(world: World) -> None:
    # given
    world.provider.meanwhile = lambda: world.upload(picture("blue"), "02")

    # when
    world.run()

    # then
    assert world.analyses() == []
    assert world.bus.events == []
    assert world.item().status == "analyzing"


def test_an_event_of_older_content_changes_nothing(world: World) -> None:
    # given
    old = world.event
    world.run(world.upload(picture("blue"), "02"))

    # when
    world.run(old)

    # then
    assert len(world.analyses()) == 1
    assert world.provider.looked == 1


@pytest.mark.parametrize("moment", ["before", "during"])
def test_an_item_that_was_deleted_is_not_brought_back(world: World, moment: str) -> None:
    # given
    if moment == "before":
        world.delete()
    else:
        world.provider.meanwhile = world.delete

    # when
    world.run()

    # then
    assert world.bus.events == []
    assert world.analyses() == []


def test_an_original_that_is_gone_ends_in_a_status_and_no_event(world: World) -> None:
    # given
    world.bucket.objects.clear()

    # when
    world.run()

    # then
    assert (world.item().status, world.item().reason) == ("failed", GONE)
    assert world.bus.events == []


def test_a_provider_that_fails_stores_and_tells_nothing(world: World) -> None:
    # given
    def down() -> None:
        raise UnavailableError("no model today")

    world.provider.meanwhile = down

    # when
    with pytest.raises(UnavailableError):
        world.run()
    world.step.fail(world.event, "no model today")

    # then
    assert world.analyses() == []
    assert world.bus.events == []
    assert (world.item().status, world.item().reason) == ("failed", "no model today")
    assert all(file.closed for file in world.bucket.opened)


def test_a_failure_that_is_out_of_date_does_not_touch_the_item(world: World) -> None:
    # given
    world.run()

    # when
    world.step.fail(world.event, "late")
    world.step.fail(world.event.model_copy(update={"revision": "00"}), "late")

    # then
    assert world.item().status == "embedding"


def test_the_end_of_the_last_attempt_is_noted(world: World) -> None:
    # given
    end = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

    # when
    world.step.expect_end(world.event, end)

    # then
    assert world.item().abandoned_after == end


def test_another_tenants_event_finds_nothing(world: World) -> None:
    # given
    foreign = replace(CAT, tenant="globex")
    event = world.event.model_copy(update={"tenant_id": foreign.tenant})

    # when
    world.run(event)

    # then
    assert world.bus.events == []
