"""What is said of an item's deletion."""

from uuid import UUID

from runtime.shared.deletions import Counts, Receipt


class ItemDeletion(Receipt):
    """An item's deletion."""

    item_id: UUID

    def add(self, store: str, counts: Counts) -> None:
        """Note what a store held; what an earlier attempt has counted there stays."""
        known = self.stores.get(store)
        before = max(counts.before, known.before if known else 0)
        self.stores[store] = counts.model_copy(update={"before": before})
