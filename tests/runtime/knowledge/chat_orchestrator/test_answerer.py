import time

import pytest

from runtime.knowledge.chat_orchestrator.answerer import GuardedAnswerer
from runtime.knowledge.chat_orchestrator.ports import Passage
from runtime.shared.errors import (
    NotConfiguredError,
    UnavailableError,
)
from tests.runtime.knowledge.chat_orchestrator.parts import DESCALE, Model, hit


def test_the_breaker_stops_asking_a_provider_that_fails_and_asks_again_later() -> None:
    # given
    model = Model(failure=UnavailableError("down"))
    guarded = GuardedAnswerer(model, failures=2, pause_seconds=0.2)
    passages = [Passage(hit(DESCALE), "manual.md")]
    # when
    for _ in range(5):
        with pytest.raises(UnavailableError):
            guarded.answer("?", passages, [], 1.0)
    asked_while_down = model.calls
    model.failure = None
    time.sleep(0.25)
    # then
    assert asked_while_down == 2
    assert guarded.answer("?", passages, [], 1.0).provider == "openai"


def test_a_missing_key_does_not_open_the_breaker() -> None:
    model = Model(failure=NotConfiguredError("no key"))
    guarded = GuardedAnswerer(model, failures=2)
    for _ in range(4):
        with pytest.raises(NotConfiguredError):
            guarded.answer("?", [Passage(hit(DESCALE), "manual.md")], [], 1.0)
    assert model.calls == 4
