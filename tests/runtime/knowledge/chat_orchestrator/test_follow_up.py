"""A question that continues the one before it is searched for together with that."""

import pytest

from runtime.knowledge.chat_orchestrator.follow_up import depends
from runtime.shared.errors import UnavailableError
from tests.runtime.knowledge.chat_orchestrator.parts import Parts

FERRY = "Where does the ferry leave from?"


@pytest.mark.parametrize(
    "question",
    [
        "And what does it cost?",
        "What does it cost?",
        "Why?",
        "What about children?",
        "Who wrote it?",
    ],
)
def test_a_question_that_refers_to_something_said_before_depends(question: str) -> None:
    assert depends(question)


@pytest.mark.parametrize(
    "question",
    [FERRY, "What is descaling and how does it work?", "How often must the filter be changed?"],
)
def test_a_question_that_names_what_it_is_about_does_not(question: str) -> None:
    assert not depends(question)


def test_a_follow_up_is_searched_for_with_the_question_before_it(parts: Parts) -> None:
    # given
    parts.ask(FERRY)
    # when
    parts.ask("And what does it cost?")
    # then
    assert parts.search.questions == [FERRY, f"{FERRY} And what does it cost?"]


def test_a_question_of_its_own_is_searched_for_alone(parts: Parts) -> None:
    parts.ask(FERRY)
    parts.ask("How often is the machine descaled?")
    assert parts.search.questions[-1] == "How often is the machine descaled?"


def test_without_the_history_a_follow_up_is_searched_for_as_it_is(parts: Parts) -> None:
    parts.memory.failure = UnavailableError("down")
    parts.ask("And what does it cost?")
    assert parts.search.questions == ["And what does it cost?"]
