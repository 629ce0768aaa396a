import pytest

from runtime.gallery.shared.database import Database
from tests.runtime.gallery.search.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)
