"""The answering model: used when it is there, told of when it is not."""

from typing import Any

import pytest

from tests.end_to_end.knowledge import Knowledge
from tests.end_to_end.laptop import Laptop
from tests.end_to_end.provider import MODEL, Mood

CHAT = "knowledge-chat-orchestrator"
QUESTION = "What does the ferryman charge for a bicycle?"
FACT = "The ferryman charges two crowns for a bicycle."
DOWN = "The answering model is not available at the moment."
SHORT_SECONDS = 12
"""A chat that lives this long waits about half of it for the model; it is 22 s otherwise."""


@pytest.fixture(scope="module")
def document_id(acme: Knowledge) -> str:
    return acme.add("ferryman.md", f"# Fares\n\n{FACT}\n".encode())


def test_the_models_answer_comes_with_citations_that_were_checked(
    acme: Knowledge, document_id: str
) -> None:
    # when
    answer = acme.ask(QUESTION)

    # then
    assert (answer["provider"], answer["model"], answer["degraded"]) == ("openai", MODEL, False)
    assert "degraded_reason" not in answer
    cited(answer, document_id)


def test_a_question_sent_twice_with_one_key_is_answered_once(
    acme: Knowledge, document_id: str
) -> None:
    # given
    headers = {"Idempotency-Key": "asked-twice"}

    # when
    first = acme.json("POST", "/chat", json={"question": QUESTION}, headers=headers)
    again = acme.json("POST", "/chat", json={"question": QUESTION}, headers=headers)

    # then
    cited(first, document_id)
    assert again == first
    assert len(acme.json("GET", f"/chat/{first['session_id']}")["messages"]) == 2


@pytest.mark.parametrize("mood", ["errs", "hangs up"])
def test_while_the_provider_is_down_the_answer_is_an_extract_that_says_so(
    laptop: Laptop, acme: Knowledge, document_id: str, mood: Mood
) -> None:
    # when
    with laptop.changed(CHAT), laptop.provider.in_mood(mood):
        answer = acme.ask(QUESTION)

    # then
    assert (answer["degraded"], answer["degraded_reason"]) == (True, DOWN)
    assert answer["provider"] != "openai"
    cited(answer, document_id)


def test_a_provider_that_hangs_costs_no_answer(
    laptop: Laptop, acme: Knowledge, document_id: str
) -> None:
    # when
    with laptop.changed(CHAT, timeout=SHORT_SECONDS), laptop.provider.in_mood("hangs"):
        answer = acme.ask(QUESTION)

    # then
    assert (answer["degraded"], answer["degraded_reason"]) == (True, DOWN)
    cited(answer, document_id)


def test_a_provider_that_nobody_can_reach_costs_no_answer(
    laptop: Laptop, acme: Knowledge, document_id: str
) -> None:
    # when
    with (
        laptop.changed(CHAT),
        laptop.changed("library-openai", OPENAI_BASE_URL="http://127.0.0.1:9/v1"),
    ):
        answer = acme.ask(QUESTION)

    # then
    assert (answer["degraded"], answer["degraded_reason"]) == (True, DOWN)
    cited(answer, document_id)


def test_a_key_that_the_provider_refuses_counts_as_none(
    laptop: Laptop, acme: Knowledge, document_id: str
) -> None:
    # when
    with (
        laptop.changed(CHAT),
        laptop.secret("library-openai-key", "sk-revoked"),
        laptop.changed("library-openai"),  # an environment that is new remembers no older key
    ):
        answer = acme.ask(QUESTION)

    # then
    assert (answer["degraded"], answer["degraded_reason"]) == (
        True,
        "No answering model is configured.",
    )
    cited(answer, document_id)


def test_a_question_that_no_document_answers_is_told_so(acme: Knowledge, document_id: str) -> None:
    # given
    assert document_id

    # when
    answer = acme.ask("Which enzyme splits lactose in the small intestine of mammals?")

    # then
    assert answer["answer"] == "Your documents do not answer this question."
    assert answer["citations"] == []


def test_a_conversation_is_kept_with_its_citations(acme: Knowledge, document_id: str) -> None:
    # given
    first = acme.ask(QUESTION)

    # when
    acme.ask("And for a horse?", session_id=first["session_id"])

    # then
    messages = acme.json("GET", f"/chat/{first['session_id']}")["messages"]
    assert [each["role"] for each in messages] == ["user", "assistant", "user", "assistant"]
    assert messages[0]["content"] == QUESTION
    assert messages[1]["citations"][0]["document_id"] == document_id


def cited(answer: dict[str, Any], document_id: str) -> None:
    assert FACT in answer["answer"]
    quotes = [each["quote"] for each in answer["citations"] if each["document_id"] == document_id]
    assert any(FACT in quote for quote in quotes), answer["citations"]
