"""The step with a real database, and a bucket and a bus of the test's own."""

from dataclasses import dataclass

from runtime.gallery.image_processor.core import ObjectCreated, ThumbnailStep
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Item
from tests.runtime.gallery.fakes import CAT, FakeBucket, FakeBus


@dataclass
class World:
    """The step with a real database and a bucket and bus of the test's own."""

    database: Database
    bucket: FakeBucket
    bus: FakeBus
    step: ThumbnailStep

    def item(self, key: ItemKey = CAT) -> Item | None:
        with self.database.transaction(key.tenant) as session:
            item = session.get(Item, key.item_id)
            session.expunge_all()
            return item

    def run(self, event: ObjectCreated) -> None:
        self.step.run(event, "trace")
