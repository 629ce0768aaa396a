import pytest

from tests.runtime.knowledge.chat_orchestrator.parts import DESCALE, Parts, hit


@pytest.fixture
def parts() -> Parts:
    parts = Parts()
    parts.search.rounds = [[hit(DESCALE), hit("Replace the water filter.", index=1, score=0.5)]]
    return parts
