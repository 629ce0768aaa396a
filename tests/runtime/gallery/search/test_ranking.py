"""The search fuses meaning and words by rank, within the tenant."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from runtime.gallery.search import ranking
from runtime.gallery.search.items import ItemRows
from runtime.gallery.search.ranking import ranked
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.models import Analysis, Embedding, Item

X, Y, Z = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]


@dataclass
class Shelf:
    """Items with an analysis and a vector, by name."""

    database: Database
    names: dict[UUID, str] = field(default_factory=dict[UUID, str])

    def put(
        self, name: str, summary: str, vector: list[float] | None = None, tenant: str = "acme"
    ) -> UUID:
        item_id = uuid4()
        self.names[item_id] = name
        with self.database.transaction(tenant) as session:
            session.add(
                Item(
                    id=item_id,
                    tenant_id=tenant,
                    user_id="ann",
                    filename=name,
                    file_path=name,
                    size_bytes=1,
                    status="ready",
                    etag="e",
                    sequencer="1",
                    revision="1",
                )
            )
        self.describe(item_id, summary, vector, tenant=tenant)
        return item_id

    def describe(
        self,
        item_id: UUID,
        summary: str,
        vector: list[float] | None = None,
        version: int = 1,
        tenant: str = "acme",
    ) -> None:
        analysis = Analysis(
            id=uuid4(),
            tenant_id=tenant,
            item_id=item_id,
            user_id="ann",
            version=version,
            request_id=f"r{version}",
            category="thing",
            summary=summary,
            raw_response={},
            provider_used="local",
            model_used="m",
            trace_id="t",
        )
        with self.database.transaction(tenant) as session:
            session.add(analysis)
            session.flush()
            if vector:
                session.add(
                    Embedding(
                        tenant_id=tenant,
                        item_id=item_id,
                        analysis_id=analysis.id,
                        user_id="ann",
                        vector=vector,
                        embedding_model="m",
                        embedding_dimensions=3,
                        embedding_source={},
                    )
                )

    def found(
        self, question: str, vector: list[float] | None, limit: int = 10, tenant: str = "acme"
    ) -> list[tuple[str, int | None, int | None]]:
        with self.database.transaction(tenant) as session:
            return [
                (self.names[rank.item_id], rank.semantic_rank, rank.text_rank)
                for rank in ranked(session, question, vector, limit)
            ]


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database)


def test_an_item_good_in_both_lists_beats_the_best_of_either(shelf: Shelf) -> None:
    # given
    shelf.put("meaning only", "nothing of it", X)
    shelf.put("words only", "red bicycle bicycle bicycle")
    shelf.put("both", "a bicycle", [0.9, 0.1, 0.0])
    shelf.put("neither", "a kettle", [0.0, 0.9, 0.5])

    # when
    found = shelf.found("red bicycle", X)

    # then
    assert found[0] == ("both", 2, 2)
    assert {name for name, _, _ in found[1:3]} == {"meaning only", "words only"}


def test_equal_words_share_a_rank_and_leave_the_decision_to_the_meaning(shelf: Shelf) -> None:
    # given
    vectors = {f"{number}th": [1.0, number / 10, 0.0] for number in range(8, 0, -1)}
    for name, vector in vectors.items():
        shelf.put(name, "an orange thing", vector)

    # when
    found = shelf.found("orange sky", X)

    # then
    assert found == [(f"{number}th", number, 1) for number in range(1, 9)]


def test_the_score_is_the_sum_of_reciprocal_ranks(shelf: Shelf) -> None:
    # given
    shelf.put("a", "bicycle", X)
    shelf.put("b", "kettle", Y)

    # when
    with shelf.database.transaction("acme") as session:
        scores = [rank.score for rank in ranked(session, "bicycle", X, 10)]

    # then
    assert scores == pytest.approx([1 / 61 + 1 / 61, 1 / 62])


def test_without_a_vector_words_alone_decide(shelf: Shelf) -> None:
    # given
    shelf.put("a", "a red bicycle", X)
    shelf.put("b", "a kettle", Y)

    # when, then
    assert shelf.found("where is my bicycle?", None) == [("a", None, 1)]


def test_a_question_needs_only_some_of_its_words_and_in_any_form(shelf: Shelf) -> None:
    # given
    shelf.put("a", "two bicycles leaning on a wall")

    # when, then
    assert shelf.found("which bicycle did she ride yesterday?", None) == [("a", None, 1)]


@pytest.mark.parametrize("question", ["the of and", "!!!", "' OR 1=1 --", "a & | ! ( <->", ":*"])
def test_questions_without_words_find_nothing_by_words_and_break_nothing(
    shelf: Shelf, question: str
) -> None:
    # given
    shelf.put("a", "a kettle", X)

    # when, then
    assert shelf.found(question, None) == []
    assert shelf.found(question, X) == [("a", 1, None)]


def test_only_the_latest_analysis_is_searched(shelf: Shelf) -> None:
    # given
    item = shelf.put("a", "a bicycle", X)
    shelf.describe(item, "a kettle", version=2)

    # when, then
    assert shelf.found("bicycle", None) == []
    assert shelf.found("kettle", None) == [("a", None, 1)]


def test_the_best_come_first_and_no_more_than_asked_for(shelf: Shelf) -> None:
    # given
    for number in range(8):
        shelf.put(str(number), "bicycle", [1.0, number / 10, 0.0])

    # when
    found = shelf.found("", X, limit=3)

    # then
    assert [name for name, _, _ in found] == ["0", "1", "2"]


CROWD = """
INSERT INTO items (id, tenant_id, user_id, filename, file_path, size_bytes, status, etag, sequencer,
  revision) SELECT gen_random_uuid(), 'acme', 'ann', 'f', 'p', 1, 'ready', 'e', '1', '1'
  FROM generate_series(1, :many);
INSERT INTO analyses (id, tenant_id, item_id, user_id, version, request_id, category, summary,
  raw_response, provider_used, model_used, trace_id)
  SELECT id, 'acme', id, 'ann', 1, 'r', 'c', 's', '{}', 'l', 'm', 't' FROM items;
INSERT INTO embeddings (id, tenant_id, item_id, analysis_id, user_id, vector, embedding_model,
  embedding_dimensions, embedding_source)
  SELECT id, 'acme', id, id, 'ann', ARRAY[1, random() / 10, random() / 10]::real[]::vector, 'm', 3,
  '{}' FROM items
"""


def test_a_small_tenant_finds_its_items_among_thousands_of_another(
    shelf: Shelf, database: Database
) -> None:
    # given
    with database.transaction("acme") as session:
        for statement in CROWD.split(";"):
            session.execute(text(statement), {"many": 3000})
    shelf.put("mine", "far away", [-1.0, 0.0, 0.0], tenant="globex")

    # when
    found = shelf.found("", X, tenant="globex")

    # then
    assert found == [("mine", 1, None)]


def test_a_large_tenant_is_searched_through_the_index_and_finds_the_nearest(
    shelf: Shelf, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(ranking, "EXACT_UP_TO", 100)
    with database.transaction("acme") as session:
        for statement in CROWD.split(";"):
            session.execute(text(statement), {"many": 1000})
    shelf.put("nearest", "something", Y)

    # when
    found = shelf.found("", [0.1, 1.0, 0.0], limit=1)

    # then
    assert found == [("nearest", 1, None)]


def test_the_nearest_are_found_by_the_index_under_row_security(
    shelf: Shelf, database: Database
) -> None:
    # given
    shelf.put("a", "b", X)

    # when
    with database.transaction("acme") as session:
        session.execute(text("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"))
        plan = session.execute(
            text("EXPLAIN SELECT item_id FROM embeddings ORDER BY vector <=> '[1,0,0]' LIMIT 5")
        ).scalars()
        explained = "\n".join(plan)

    # then
    assert "Index Scan using embeddings_vector" in explained
    assert "current_setting('app.tenant'" in explained


def test_search_returns_each_item_with_its_latest_analysis(shelf: Shelf) -> None:
    # given
    item = shelf.put("a", "a bicycle", X)
    shelf.describe(item, "a red bicycle", version=2)

    # when
    [(rank, row)] = ItemRows(shelf.database).search("acme", "bicycle", X, 5)

    # then
    assert rank.item_id == row.item.id == item
    assert row.analysis is not None
    assert row.analysis.version == 2
