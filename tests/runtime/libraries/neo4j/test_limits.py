"""What Neo4j refuses never reaches it, or is named as what it is."""

import pytest
from neo4j.exceptions import DatabaseError

from runtime.libraries.neo4j.core import answer
from runtime.libraries.neo4j.graph import Neo4jGraph, explaining
from runtime.shared.contracts.neo4j import REQUEST
from runtime.shared.errors import InvalidRequestError, UnavailableError
from runtime.shared.requests import decode
from tests.runtime.libraries.fake_urls import FakeUrls
from tests.runtime.libraries.neo4j.test_core import chunk, context, graph, index, server

__all__ = ["graph", "server"]

LONG = "x" * 9000


def test_a_word_that_is_no_name_is_no_entity(graph: Neo4jGraph) -> None:
    # given
    index(graph, "long", "d1", "v1", chunk("a", 0, LONG, "pump", "n" * 200), chunk("b", 1, LONG))

    # when
    found = context(graph, "long", "a")

    # then: the document is indexed, and its neighbours are related by their order only
    assert found.entities == ["n" * 200, "pump"]
    assert [one.relation for one in found.related] == ["next"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"operation": "count", "document_id": LONG}, "document_id"),
        ({"operation": "count", "document_id": "d", "version": LONG}, "version"),
        ({"operation": "delete", "document_id": LONG}, "document_id"),
        (
            {
                "operation": "index",
                "document": {"id": LONG, "version": LONG, "filename": "f"},
                "chunks": {"kind": "inline", "value": []},
            },
            r"document\.id.*document\.version",
        ),
    ],
)
def test_an_id_that_is_no_key_is_refused_by_field(request_: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidRequestError, match=field):
        decode(REQUEST, {"tenant": "acme", **request_})


def test_a_chunk_whose_id_is_no_key_is_refused(graph: Neo4jGraph) -> None:
    # given
    wrong = {"id": LONG, "index": 0, "text": "t", "headings": [], "keywords": []}
    request = {
        "operation": "index",
        "tenant": "acme",
        "document": {"id": "d", "version": "v", "filename": "f"},
        "chunks": {"kind": "inline", "value": [wrong]},
    }

    # when, then
    with pytest.raises(InvalidRequestError, match=r"0\.id"):
        answer(decode(REQUEST, request), graph, FakeUrls())


def test_half_a_surrogate_pair_is_a_wrong_request_that_does_not_show_the_text() -> None:
    # given: how the driver fails when it packs such a text
    secret = "diagnosis \ud800"

    # when
    with pytest.raises(InvalidRequestError, match="surrogate") as refused, explaining():
        secret.encode()

    # then
    assert "diagnosis" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_the_driver_packs_no_half_of_a_surrogate_pair(graph: Neo4jGraph) -> None:
    with pytest.raises(InvalidRequestError, match="surrogate"):
        graph.mentioning("acme", ["\ud800"], 1)


def test_a_server_that_fails_inside_is_unavailable() -> None:
    with pytest.raises(UnavailableError, match="DatabaseError"), explaining():
        raise DatabaseError("the index refused it")
