import pytest

from tests.runtime.knowledge.document_processor.world import World


@pytest.fixture
def world() -> World:
    return World()
