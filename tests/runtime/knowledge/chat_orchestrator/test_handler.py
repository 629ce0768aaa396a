"""The chat over its HTTP edge, with real tables, and library functions in Python."""

import importlib
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from runtime.knowledge.chat_orchestrator import assembly
from runtime.knowledge.document_processor.quotations import Quotations
from runtime.shared.cited_turns import GONE
from runtime.shared.contracts import answerer, neo4j, pinecone, sentence_transformer
from runtime.shared.contracts.content import Inline
from runtime.shared.documents import Document, named
from runtime.shared.errors import DeniedError, UnavailableError
from tests.runtime.knowledge.cloud import Client, Cloud, Handler, new_tenant
from tests.runtime.knowledge.document_processor.world import version_of
from tests.runtime.knowledge.lambda_functions import Functions

QUESTION = {"question": "How often must I descale the machine?"}
TEXT = "Descale the machine every three months."
VERSION = version_of(TEXT)


class Libraries:
    """What the library functions answer; a test may replace each."""

    def __init__(self) -> None:
        self.cloud = Functions(
            {
                "sentence-transformer": self.embed,
                "pinecone": self.search,
                "neo4j": self.relate,
                "openai": self.answer,
            }
        )
        self.document: Document | None = None

    def embed(self, request: dict[str, Any]) -> object:
        asked = sentence_transformer.REQUEST.validate_python(request)
        assert isinstance(asked.texts, Inline)
        vectors = [[1.0, 0.0] for _ in asked.texts.value]
        return sentence_transformer.EmbedAnswer(
            model="m", dimension=2, count=len(vectors), vectors=Inline(value=vectors)
        ).model_dump(mode="json")

    def search(self, request: dict[str, Any]) -> object:
        pinecone.REQUEST.validate_python(request)
        if self.document is None or request["namespace"] != self.document.tenant:
            return {"matches": []}
        metadata = {
            "document_id": self.document.document_id,
            "version": VERSION,
            "index": 0.0,
            "text": TEXT,
            "headings": ["Care"],
            "page": 4.0,  # Pinecone knows no integers
            "filename": "old name.pdf",
        }
        match = {"id": self.document.chunk_id(VERSION, 0), "score": 0.7, "metadata": metadata}
        return {"matches": [match]}

    def relate(self, request: dict[str, Any]) -> object:
        neo4j.REQUEST.validate_python(request)
        return {"related": [], "entities": []}

    def answer(self, request: dict[str, Any]) -> object:
        answerer.REQUEST.validate_python(request)
        passage = request["passages"][0]
        return {
            "answer": "Every three months.",
            "citations": [{"passage_id": passage["id"], "quote": passage["text"]}],
            "provider": "openai",
            "model": "test-model",
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }


@pytest.fixture
def libraries() -> Libraries:
    return Libraries()


@pytest.fixture
def handler(cloud: Cloud, libraries: Libraries, monkeypatch: pytest.MonkeyPatch) -> Handler:  # noqa: ARG001
    monkeypatch.setattr(assembly, "lambda_client", lambda _: libraries.cloud)
    module = importlib.import_module("runtime.knowledge.chat_orchestrator.handler")
    return importlib.reload(module).handler


@pytest.fixture
def client(handler: Handler, cloud: Cloud, libraries: Libraries) -> Client:
    client = Client(handler, tenant=new_tenant())
    document = named(client.tenant, "manual.pdf")
    libraries.document = document
    cloud.documents.put_item(
        Item={
            **document.record_key,
            "document_id": document.document_id,
            "status": "ready",
            "filename": "manual.pdf",
            "live_version": VERSION,
            "created_at": "2026-01-01",
            "updated_at": "2026-01-01",
        }
    )
    return client


@pytest.fixture
def log(client: Client) -> Iterator[io.StringIO]:  # noqa: ARG001
    """What the function writes to its log."""
    [handler] = logging.getLogger("knowledge").handlers
    assert isinstance(handler, logging.StreamHandler)
    lines = io.StringIO()
    before = handler.setStream(lines)
    yield lines
    handler.setStream(before)


def test_a_question_is_answered_with_citations(client: Client, libraries: Libraries) -> None:
    # when
    answer = client.send("POST", "/chat", QUESTION)
    # then
    assert answer.status == 200, answer.text
    [citation] = answer.json["citations"]
    assert (citation["quote"], citation["page"], citation["filename"]) == (TEXT, 4, "manual.pdf")
    assert answer.json["correlation_id"] == "request-1"
    assert set(libraries.cloud.correlation_ids) == {"request-1"}


def test_a_conversation_continues_and_can_be_read(client: Client, libraries: Libraries) -> None:
    # given
    session_id = client.send("POST", "/chat", QUESTION).json["session_id"]
    # when
    client.send("POST", "/chat", {"question": "And why?", "session_id": session_id})
    transcript = client.send("GET", f"/chat/{session_id}").json
    # then
    requests = [request for name, request in libraries.cloud.requests if name == "openai"]
    assert [turn["role"] for turn in requests[1]["history"]] == ["user", "assistant"]
    assert [message["role"] for message in transcript["messages"]] == ["user", "assistant"] * 2
    assert transcript["messages"][0]["content"] == QUESTION["question"]
    assert transcript["messages"][1]["citations"][0]["quote"] == TEXT


def test_a_session_belongs_to_the_user_who_began_it(client: Client) -> None:
    # given
    session_id = client.send("POST", "/chat", QUESTION).json["session_id"]
    colleague = client.as_tenant(client.tenant, subject="user-2")
    stranger = client.as_tenant(new_tenant())
    # when
    answers = [
        colleague.send("GET", f"/chat/{session_id}"),
        colleague.send("POST", "/chat", {**QUESTION, "session_id": session_id}),
        stranger.send("GET", f"/chat/{session_id}"),
    ]
    # then
    assert [answer.status for answer in answers] == [404, 404, 404]
    assert len(client.send("GET", f"/chat/{session_id}").json["messages"]) == 2


def test_the_interaction_log_keeps_what_happened_and_expires(client: Client, cloud: Cloud) -> None:
    # when
    answer = client.send("POST", "/chat", QUESTION).json
    message_id = answer["message_id"]
    # then: a day's entries are spread over sixteen partitions by the message's first digit
    day = client.send("GET", f"/chat/{answer['session_id']}").json["messages"][1]["created_at"][:10]
    partition = f"{client.tenant}#INTERACTION#{day}#{message_id[0]}"
    [entry] = cloud.conversations.query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": partition},
    )["Items"]
    assert str(entry["sk"]).endswith(message_id)
    assert entry["correlation_id"] == "request-1"
    assert int(str(entry["expires_at"])) > 1_790_000_000


def test_a_deleted_documents_quotations_leave_conversation_and_log(
    client: Client, cloud: Cloud, libraries: Libraries
) -> None:
    # given
    session_id = client.send("POST", "/chat", QUESTION).json["session_id"]
    assert libraries.document is not None
    quotations = Quotations(cloud.conversations)
    before = quotations.count(libraries.document, None)
    # when
    quotations.delete(libraries.document, None)
    # then
    assert (before, quotations.count(libraries.document, None)) == (1, 0)
    asked, answered = client.send("GET", f"/chat/{session_id}").json["messages"]
    assert asked["content"] == QUESTION["question"]
    assert (answered["content"], answered["citations"]) == (GONE, [])
    rows = cloud.conversations.scan(ConsistentRead=True)["Items"]
    mine = [row for row in rows if str(row["pk"]).startswith(client.tenant)]
    assert len(mine) == 4  # the session, two messages, the interaction
    assert TEXT not in json.dumps(mine, default=str)


def test_the_interaction_log_is_no_conversation(client: Client) -> None:
    # given
    assert client.send("POST", "/chat", QUESTION).status == 200
    # then
    assert client.send("GET", "/chat/INTERACTION").status == 404


def test_another_tenants_documents_answer_nothing(client: Client) -> None:
    answer = client.as_tenant(new_tenant()).send("POST", "/chat", QUESTION).json
    assert (answer["citations"], answer["sources"]) == ([], [])


def test_a_provider_that_is_down_degrades_the_answer(client: Client, libraries: Libraries) -> None:
    # given
    def down(_: dict[str, Any]) -> object:
        raise UnavailableError("api.openai.com timed out")

    libraries.cloud.functions["openai"] = down
    # when
    answer = client.send("POST", "/chat", QUESTION)
    # then
    assert (answer.status, answer.json["degraded"]) == (200, True)
    assert answer.json["answer"] == TEXT
    assert "api.openai.com" not in answer.text


def test_without_vector_search_the_service_is_unavailable(
    client: Client, libraries: Libraries
) -> None:
    # given
    def down(_: dict[str, Any]) -> object:
        raise UnavailableError("index knowledge-7f3 refused")

    libraries.cloud.functions["pinecone"] = down
    # when
    answer = client.send("POST", "/chat", QUESTION)
    # then
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "knowledge-7f3" not in answer.text


@pytest.mark.parametrize("failure", [DeniedError("arn:aws:lambda refused"), KeyError("secret")])
def test_what_went_wrong_inside_stays_inside_but_is_logged_with_the_correlation_id(
    client: Client,
    libraries: Libraries,
    failure: Exception,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    def broken(*_: object, **__: object) -> object:
        raise failure

    monkeypatch.setattr(libraries.cloud, "invoke", broken)
    # when
    answer = client.send("POST", "/chat", QUESTION)
    # then
    assert answer.status == 500
    [error] = [
        line for line in map(json.loads, log.getvalue().splitlines()) if line["level"] == "ERROR"
    ]
    assert error["correlation_id"] == "request-1"
    assert str(failure) in error["exception"]
    assert set(answer.json) == {
        "type", "title", "status", "detail", "instance", "correlation_id"
    }  # fmt: skip
    assert "arn:aws" not in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": "   "}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": None}, "question"),
        ({"top_k": 0}, "top_k"),
        ({"top_k": 21}, "top_k"),
        ({"session_id": "INTERACTION"}, "session_id"),
        ({"session_id": "a#b"}, "session_id"),
        ({"tenant": "globex"}, "tenant"),
    ],
)
def test_bad_input_gets_a_problem_that_names_its_field(
    client: Client, change: dict[str, Any], field: str
) -> None:
    answer = client.send("POST", "/chat", {**QUESTION, **change})
    assert answer.status == 400
    assert [error["field"] for error in answer.json["errors"]] == [field]
