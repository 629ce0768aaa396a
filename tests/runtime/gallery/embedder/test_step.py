"""The latest analysis of an item has the one vector; the item is ready then."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from runtime.gallery.embedder.core import EmbeddingStep
from runtime.gallery.embedder.embeddings import EmbeddingRows
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.events import AnalysisComplete
from runtime.gallery.shared.models import Analysis, Embedding, Item
from runtime.shared.errors import RejectedError, UnavailableError
from tests.runtime.gallery.fakes import CAT, FakeEmbedder


@dataclass
class World:
    """An item, and the step that embeds its analyses."""

    database: Database
    embedder: FakeEmbedder
    step: EmbeddingStep

    def analysis(self, version: int, summary: str = "A cat.") -> AnalysisComplete:
        analysis_id = uuid4()
        answer = {"tags": ["cat"], "visible_text": "PURR"} if summary else {}
        with self.database.transaction("acme") as session:
            session.add(
                Analysis(
                    id=analysis_id,
                    tenant_id="acme",
                    item_id=CAT.item_id,
                    user_id="ann",
                    version=version,
                    request_id=f"r{version}",
                    category="" if not summary else "pet",
                    summary=summary,
                    raw_response=answer,
                    provider_used="local",
                    model_used="m",
                    trace_id="t",
                )
            )
        return AnalysisComplete(
            item_id=CAT.item_id, tenant_id="acme", user_id="ann", analysis_id=analysis_id
        )

    def set_status(self, status: str) -> None:
        with self.database.transaction("acme") as session:
            session.get_one(Item, CAT.item_id).status = status

    def item(self) -> Item:
        with self.database.transaction("acme") as session:
            item = session.get_one(Item, CAT.item_id)
            session.expunge_all()
            return item

    def embeddings(self) -> list[Embedding]:
        with self.database.transaction("acme") as session:
            rows = list(session.scalars(select(Embedding)))
            session.expunge_all()
            return rows


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction("acme") as session:
        session.add(
            Item(
                id=CAT.item_id,
                tenant_id="acme",
                user_id="ann",
                filename=CAT.filename,
                file_path=CAT.original,
                size_bytes=1,
                status="embedding",
                etag="e",
                sequencer="1",
                revision="1",
            )
        )
    embedder = FakeEmbedder({"cat": [0.0, 1.0, 0.0], "dog": [0.0, 0.0, 1.0]})
    return World(database, embedder, EmbeddingStep(EmbeddingRows(database), embedder))


def run(world: World, event: AnalysisComplete) -> None:
    world.step.run(event, "t")


def analysis_ids(world: World) -> list[UUID]:
    return [row.analysis_id for row in world.embeddings()]


def test_an_analysis_becomes_a_vector_and_the_item_is_ready(world: World) -> None:
    # given
    event = world.analysis(1)

    # when
    run(world, event)

    # then
    [row] = world.embeddings()
    assert (row.analysis_id, row.user_id, row.embedding_model) == (event.analysis_id, "ann", "fake")
    assert (row.vector, row.embedding_dimensions) == ([0.0, 1.0, 0.0], 3)
    assert row.embedding_source == {
        "category": "pet",
        "summary": "A cat.",
        "tags": ["cat"],
        "visible_text": "PURR",
    }
    assert world.item().status == "ready"


def test_the_same_event_again_changes_nothing(world: World) -> None:
    # given
    event = world.analysis(1)
    run(world, event)
    before = world.embeddings()[0].id

    # when
    run(world, event)

    # then
    assert [row.id for row in world.embeddings()] == [before]


def test_the_next_version_replaces_the_vector(world: World) -> None:
    # given
    run(world, world.analysis(1))
    second = world.analysis(2, "A dog.")

    # when
    run(world, second)

    # then
    assert analysis_ids(world) == [second.analysis_id]


def test_events_in_the_wrong_order_leave_the_latest_version(world: World) -> None:
    # given
    first, second = world.analysis(1), world.analysis(2, "A dog.")

    # when
    run(world, second)
    run(world, first)

    # then
    assert analysis_ids(world) == [second.analysis_id]


def test_an_analysis_that_says_nothing_is_rejected(world: World) -> None:
    # given
    event = world.analysis(1, summary="")

    # when, then
    with pytest.raises(RejectedError, match="empty_analysis"):
        run(world, event)
    assert world.embeddings() == []


def test_a_failure_gives_the_item_its_status_until_a_redrive_succeeds(world: World) -> None:
    # given
    event = world.analysis(1)
    world.embedder.down = True
    with pytest.raises(UnavailableError):
        run(world, event)
    world.step.fail(event, "no embedding today")
    failed = world.item()

    # when
    world.embedder.down = False
    run(world, event)

    # then
    assert (failed.status, failed.reason) == ("failed", "no embedding today")
    assert (world.item().status, world.item().reason) == ("ready", None)


def test_a_late_vector_does_not_hide_that_newer_work_goes_on(world: World) -> None:
    # given
    event = world.analysis(1)
    world.set_status("analyzing")

    # when
    run(world, event)
    world.step.fail(event, "late")

    # then
    assert world.item().status == "analyzing"
    assert len(world.embeddings()) == 1


def test_an_analysis_of_a_deleted_item_changes_nothing(world: World) -> None:
    # given
    event = world.analysis(1)
    with world.database.transaction("acme") as session:
        session.delete(session.get_one(Item, CAT.item_id))

    # when
    run(world, event)

    # then
    assert world.embeddings() == []
