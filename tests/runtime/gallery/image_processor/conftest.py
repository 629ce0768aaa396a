import pytest

from runtime.gallery.image_processor.core import ThumbnailStep
from runtime.gallery.image_processor.items import ItemRows
from runtime.gallery.shared.database import Database
from tests.runtime.gallery.fakes import FakeBucket, FakeBus
from tests.runtime.gallery.image_processor.world import World


@pytest.fixture
def world(database: Database) -> World:
    bucket, bus = FakeBucket(), FakeBus()
    return World(database, bucket, bus, ThumbnailStep(ItemRows(database), bucket, bus, 10_000))
