"""The function's meaning, with the real driver against a real Bolt server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rampart_local.standins.bolt import BoltServer
from runtime.libraries.neo4j.core import answer
from runtime.libraries.neo4j.graph import Neo4jGraph
from runtime.libraries.neo4j.login import login
from runtime.shared.contracts.neo4j import REQUEST, Chunk, Context, Counted, Document
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError
from runtime.shared.requests import decode
from tests.runtime.libraries.fake_urls import FakeUrls


@pytest.fixture(scope="module")
def server() -> Iterator[BoltServer]:
    with BoltServer() as running:
        yield running


@pytest.fixture(scope="module")
def graph(server: BoltServer) -> Iterator[Neo4jGraph]:
    connected = Neo4jGraph(server.uri, server.username, server.password, server.database)
    yield connected
    connected.close()


def ask(graph: Neo4jGraph, operation: str, **fields: object) -> Counted | Context:
    return answer(decode(REQUEST, {"operation": operation, **fields}), graph, FakeUrls())


def chunk(key: str, index: int, *keywords: str, headings: tuple[str, ...] = ("One",)) -> Chunk:
    return Chunk(
        id=key,
        index=index,
        text=f"Text of {key}.",
        headings=list(headings),
        page=index + 1 if index else None,
        keywords=list(keywords),
    )


def index(
    graph: Neo4jGraph, tenant: str, key: str, version: str, *chunks: Chunk
) -> Counted | Context:
    document = Document(id=key, version=version, filename=f"{key}.pdf")
    payload = {"kind": "inline", "value": [one.model_dump() for one in chunks]}
    return ask(graph, "index", tenant=tenant, document=document.model_dump(), chunks=payload)


def count(graph: Neo4jGraph, tenant: str, key: str, version: str) -> int:
    counted = ask(graph, "count", tenant=tenant, document_id=key, version=version)
    assert isinstance(counted, Counted)
    return counted.count


def context(graph: Neo4jGraph, tenant: str, *chunk_ids: str, limit: int = 10) -> Context:
    found = ask(graph, "context", tenant=tenant, chunk_ids=list(chunk_ids), limit=limit)
    assert isinstance(found, Context)
    return found


def test_a_chunk_is_related_to_its_neighbours_and_to_what_mentions_the_same(
    graph: Neo4jGraph,
) -> None:
    # given: everything mentions the pump, only two chunks the valve
    index(
        graph, "related", "d1", "v1",
        chunk("d1#0", 0, "pump"),
        chunk("d1#1", 1, "pump", "valve", headings=("One", "Two")),
        chunk("d1#2", 2),
        chunk("d1#3", 3, "pump"),
    )  # fmt: skip
    index(graph, "related", "d2", "v1", chunk("d2#0", 0, "valve", "pump"))

    # when
    found = context(graph, "related", "d1#1")

    # then
    assert [(one.chunk_id, one.relation, sorted(one.entities)) for one in found.related] == [
        ("d1#2", "next", []),
        ("d1#0", "previous", []),
        ("d2#0", "shared_entity", ["pump", "valve"]),
        ("d1#3", "shared_entity", ["pump"]),
    ]
    assert found.entities == ["pump", "valve"]
    last = found.related[-1]
    assert (last.document_id, last.version, last.headings, last.page, last.text) == (
        "d1", "v1", ["One"], 4, "Text of d1#3."
    )  # fmt: skip
    assert len(context(graph, "related", "d1#1", limit=2).related) == 2


def test_indexing_the_same_version_again_changes_nothing(graph: Neo4jGraph) -> None:
    # given
    chunks = [chunk(f"same#{n}", n, "pump") for n in range(3)]
    index(graph, "same", "d1", "v1", *chunks)

    # when
    again = index(graph, "same", "d1", "v1", *chunks)

    # then
    assert again == Counted(count=3)
    assert count(graph, "same", "d1", "v1") == 3
    assert [one.chunk_id for one in context(graph, "same", "same#0").related] == [
        "same#1",
        "same#2",
    ]


def test_a_new_version_stands_beside_the_old_until_that_is_deleted(graph: Neo4jGraph) -> None:
    # given
    index(graph, "versions", "d1", "v1", chunk("d1#v1#0", 0, "pump", "lathe"))
    index(graph, "versions", "d1", "v2", chunk("d1#v2#0", 0, "pump"), chunk("d1#v2#1", 1))

    # when
    before = (count(graph, "versions", "d1", "v1"), count(graph, "versions", "d1", "v2"))
    deleted = ask(graph, "delete", tenant="versions", document_id="d1", keep_version="v2")
    after = (count(graph, "versions", "d1", "v1"), count(graph, "versions", "d1", "v2"))

    # then
    assert (before, deleted, after) == ((1, 2), Counted(count=1), (0, 2))
    assert context(graph, "versions", "d1#v2#0").entities == ["pump"]
    assert ask(graph, "delete", tenant="versions", document_id="d1") == Counted(count=2)
    assert ask(graph, "delete", tenant="versions", document_id="d1") == Counted(count=0)


def test_one_version_can_be_deleted_alone(graph: Neo4jGraph) -> None:
    # given
    index(graph, "alone", "d1", "v1", chunk("d1#v1#0", 0, "pump"))
    index(graph, "alone", "d1", "v2", chunk("d1#v2#0", 0, "pump"))

    # when
    deleted = ask(graph, "delete", tenant="alone", document_id="d1", version="v1")

    # then
    assert deleted == Counted(count=1)
    assert count(graph, "alone", "d1", "v2") == 1


def test_no_relation_leads_to_another_tenant(graph: Neo4jGraph) -> None:
    # given: the same ids and the same words at two tenants
    for tenant in ("acme", "globex"):
        index(graph, tenant, "d1", "v1", chunk("d1#0", 0, "secret plan"), chunk("d1#1", 1))
    index(graph, "globex", "d2", "v1", chunk("d2#0", 0, "secret plan"))

    # when
    ask(graph, "delete", tenant="globex", document_id="d1")

    # then
    assert count(graph, "acme", "d1", "v1") == 2
    assert [one.chunk_id for one in context(graph, "acme", "d1#0").related] == ["d1#1"]
    assert context(graph, "acme", "d2#0") == Context(related=[], entities=[])


def test_a_version_that_fails_half_way_is_not_there_at_all(graph: Neo4jGraph) -> None:
    # given: another document has a chunk of the same id, which breaks a constraint
    index(graph, "half", "d0", "v1", chunk("taken", 0))
    index(graph, "half", "d1", "v1", chunk("d1#0", 0, "pump"))

    # when
    with pytest.raises(UnavailableError):
        index(graph, "half", "d1", "v1", chunk("d1#0", 0), chunk("taken", 1))

    # then: the earlier state stands
    assert count(graph, "half", "d1", "v1") == 1


def test_documents_with_the_same_words_can_be_indexed_at_once(graph: Neo4jGraph) -> None:
    # given
    def one(number: int) -> Counted | Context:
        chunks = [chunk(f"d{number}#{n}", n, "pump", "valve", f"part {n % 5}") for n in range(60)]
        return index(graph, "busy", f"d{number}", "v1", *chunks)

    # when
    with ThreadPoolExecutor(6) as pool:
        counted = list(pool.map(one, range(6)))

    # then
    assert counted == [Counted(count=60)] * 6
    assert all(count(graph, "busy", f"d{number}", "v1") == 60 for number in range(6))


def test_a_document_without_chunks_is_there_and_counts_none(graph: Neo4jGraph) -> None:
    assert index(graph, "empty", "d1", "v1") == Counted(count=0)
    assert count(graph, "empty", "d1", "v1") == 0


def test_a_document_of_2000_chunks_goes_in_one_piece(graph: Neo4jGraph) -> None:
    # given
    chunks = [
        chunk(f"big#{n}", n, f"word {n % 300}", headings=(f"{n // 20}",)) for n in range(2000)
    ]

    # then
    assert index(graph, "big", "d1", "v1", *chunks) == Counted(count=2000)
    assert count(graph, "big", "d1", "v1") == 2000


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"operation": "count", "tenant": "A b", "document_id": "d", "version": "v"}, "tenant"),
        ({"operation": "context", "tenant": "acme", "chunk_ids": [], "limit": 1}, "chunk_ids"),
        ({"operation": "context", "tenant": "acme", "chunk_ids": ["a"], "limit": 0}, "limit"),
        ({"operation": "delete", "tenant": "acme"}, "document_id"),
        ({"operation": "cypher", "tenant": "acme"}, "operation"),
    ],
)
def test_a_wrong_request_is_refused_by_field(request_: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidRequestError, match=field):
        decode(REQUEST, request_)


def test_a_chunk_with_a_wrong_field_is_refused_by_field(graph: Neo4jGraph) -> None:
    # given
    wrong = chunk("d#0", 0).model_dump() | {"page": "three"}
    document = {"id": "d", "version": "v", "filename": "d.pdf"}

    # then
    with pytest.raises(InvalidRequestError, match=r"0\.page"):
        ask(
            graph, "index", tenant="acme", document=document,
            chunks={"kind": "inline", "value": [wrong]},
        )  # fmt: skip


def test_two_chunks_of_one_id_are_refused(graph: Neo4jGraph) -> None:
    with pytest.raises(InvalidRequestError, match="same id"):
        index(graph, "acme", "d", "v", chunk("twice", 0), chunk("twice", 1))


def test_a_refused_login_is_not_configured(server: BoltServer) -> None:
    # given
    graph = Neo4jGraph(server.uri, server.username, "guessed", server.database)

    # then
    with pytest.raises(NotConfiguredError, match="refused the username"):
        count(graph, "acme", "d1", "v1")
    graph.close()


def test_a_graph_that_is_gone_is_unavailable() -> None:
    # given: port 9 (discard) answers nobody
    graph = Neo4jGraph("bolt://127.0.0.1:9", "root", "secret", "rampart")

    # then
    with pytest.raises(UnavailableError, match="ServiceUnavailable"):
        count(graph, "acme", "d1", "v1")
    graph.close()


def test_a_malformed_secret_is_not_configured_and_not_repeated() -> None:
    assert login('{"username": "u", "password": "p"}').password == "p"
    with pytest.raises(NotConfiguredError) as refused:
        login('{"password": "hunter2"}')
    assert "hunter2" not in str(refused.value)


def test_terms_find_the_chunks_that_mention_them_rarest_first(graph: Neo4jGraph) -> None:
    # given
    index(graph, "terms", "d1", "v1", chunk("d1#0", 0, "pump", "valve"), chunk("d1#1", 1, "pump"))

    # when
    found = ask(graph, "context", tenant="terms", terms=["valve", "pump", "unheard"], limit=5)

    # then
    assert isinstance(found, Context)
    assert [one.chunk_id for one in found.related] == ["d1#0", "d1#1"]
    assert {one.relation for one in found.related} == {"mentions"}
    assert found.entities == ["valve", "pump"]


def test_either_chunks_or_terms_are_asked_for(graph: Neo4jGraph) -> None:
    # then
    with pytest.raises(InvalidRequestError, match="either chunk_ids or terms"):
        ask(graph, "context", tenant="terms", chunk_ids=["a"], terms=["b"], limit=1)
