"""A question with an Idempotency-Key is answered by the model once."""

import json

import boto3

from runtime.knowledge.chat_orchestrator.asking import Asking
from runtime.knowledge.chat_orchestrator.core import NOT_STORED
from runtime.knowledge.chat_orchestrator.messages import ChatRequest
from runtime.knowledge.document_processor.quotations import Quotations
from runtime.shared.cited_turns import GONE
from runtime.shared.errors import UnavailableError
from runtime.shared.once import Once, done_before
from tests.runtime.knowledge.chat_orchestrator.libraries import QUESTION, TEXT, Libraries
from tests.runtime.knowledge.chat_orchestrator.parts import USER, Parts
from tests.runtime.knowledge.cloud import Client, Cloud, Context

KEY = {"Idempotency-Key": "asked-1"}


def test_a_repeated_question_gets_the_first_answer_and_the_model_is_asked_once(
    client: Client, libraries: Libraries
) -> None:
    # when
    first = client.send("POST", "/chat", QUESTION, headers=KEY)
    again = client.send("POST", "/chat", QUESTION, headers=KEY)
    # then
    assert (first.status, again.status) == (200, 200)
    assert again.json == first.json
    assert libraries.asked("openai") == 1
    messages = client.send("GET", f"/chat/{first.json['session_id']}").json["messages"]
    assert len(messages) == 2


def test_without_a_key_every_question_is_asked(client: Client, libraries: Libraries) -> None:
    # when
    ids = {client.send("POST", "/chat", QUESTION).json["message_id"] for _ in range(2)}
    # then
    assert (len(ids), libraries.asked("openai")) == (2, 2)


def test_what_was_deleted_since_is_not_in_the_repeated_answer(
    client: Client, cloud: Cloud, libraries: Libraries
) -> None:
    # given
    client.send("POST", "/chat", QUESTION, headers=KEY)
    assert libraries.document is not None
    Quotations(cloud.conversations).delete(libraries.document, None)
    # when
    again = client.send("POST", "/chat", QUESTION, headers=KEY)
    # then
    assert (again.json["answer"], again.json["citations"], again.json["sources"]) == (GONE, [], [])
    kept = json.dumps(boto3.client("dynamodb").scan(TableName="idempotency")["Items"])
    assert TEXT not in kept


def test_an_answer_that_failed_is_not_remembered(client: Client, libraries: Libraries) -> None:
    # given
    def down(_: object) -> object:
        raise UnavailableError("no search")

    search = libraries.cloud.functions["pinecone"]
    libraries.cloud.functions["pinecone"] = down
    failed = client.send("POST", "/chat", QUESTION, headers=KEY)
    libraries.cloud.functions["pinecone"] = search
    # when
    again = client.send("POST", "/chat", QUESTION, headers=KEY)
    # then
    assert (failed.status, again.status) == (503, 200)


def test_an_answer_that_was_paid_for_and_not_stored_is_returned(
    parts: Parts,
    cloud: Cloud,  # noqa: ARG001  # its tables are in the environment
) -> None:
    # given
    parts.memory.storing = UnavailableError("throttled")
    asking = Asking(parts.chat, Once("not-stored", done_before("idempotency")))
    request = ChatRequest(question="How do I descale it?", session_id="s1")
    # when
    replies = [asking.ask(USER, request, "asked-1", Context(), "request-1") for _ in range(2)]  # pyright: ignore[reportArgumentType]  # what of Lambda's context is read
    # then: and the repetition has nothing to find
    assert [reply.degraded_reason for reply in replies] == [NOT_STORED, NOT_STORED]
    assert replies[0].message_id != replies[1].message_id
