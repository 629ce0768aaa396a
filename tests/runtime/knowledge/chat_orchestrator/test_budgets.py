"""Every wait of a question fits inside the time of its request."""

import threading
from collections.abc import Iterator

import pytest

from runtime.knowledge.chat_orchestrator.core import NOT_STORED
from runtime.shared.errors import (
    UnavailableError,
)
from tests.runtime.knowledge.chat_orchestrator.parts import DESCALE, Hits, Model, Parts, hit


@pytest.fixture
def hanging() -> Iterator[threading.Event]:
    """What hangs ends with the test."""
    event = threading.Event()
    yield event
    event.set()


def test_a_slow_model_is_given_up_in_time_for_an_extract(parts: Parts) -> None:
    # given
    parts.model, parts.guarded = Model(seconds=3), True
    # when
    reply = parts.ask(seconds=8.2)
    # then
    assert (reply.degraded, reply.provider) == (True, "extractive")


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("graph", "Related passages from the knowledge graph are missing."),
        ("memory", "The conversation so far was not taken into account."),
    ],
)
def test_what_only_enriches_an_answer_leaves_the_model_its_time(
    parts: Parts, hanging: threading.Event, part: str, reason: str
) -> None:
    # given
    getattr(parts, part).hangs = hanging
    # when
    reply = parts.ask(seconds=14.0)
    # then
    assert (reply.degraded_reason, reply.provider) == (reason, "openai")


@pytest.mark.parametrize("part", ["embeddings", "search", "documents"])
def test_what_an_answer_needs_is_given_up_within_the_request(
    parts: Parts, hanging: threading.Event, part: str
) -> None:
    # given
    getattr(parts, part).hangs = hanging
    # then
    with pytest.raises(UnavailableError, match="took longer"):
        parts.ask(seconds=8.5)


def test_a_second_search_that_hangs_is_given_up_too(parts: Parts, hanging: threading.Event) -> None:
    # given: a version went live meanwhile, so that it is searched again
    class Second(Hits):
        def used(self) -> None:
            super().used()
            if self.calls > 1:
                hanging.wait()

    parts.documents.versions = {"manual": "v2"}
    parts.search = Second(rounds=[[hit(DESCALE)]])
    # then
    with pytest.raises(UnavailableError, match="live documents took longer"):
        parts.ask(seconds=8.5)


def test_a_store_that_hangs_does_not_keep_the_answer(
    parts: Parts, hanging: threading.Event
) -> None:
    # given
    parts.memory.storing_hangs = hanging
    # when
    reply = parts.ask(seconds=9.0)
    # then
    assert reply.citations
    assert reply.degraded_reason == NOT_STORED
