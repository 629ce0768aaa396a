"""Deletes a document from every store, and says with counts that nothing is left."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aws_lambda_powertools import Logger
from tenacity import (
    RetryError,
    Retrying,
    retry_if_result,
    stop_after_delay,
    wait_random_exponential,
)

from runtime.knowledge.document_processor.ports import Deletions, ErasableStore, Records
from runtime.shared.deletions import Counts, Deletion
from runtime.shared.documents import Document, iso
from runtime.shared.errors import UnavailableError

logger = Logger(child=True)

EMPTY_SECONDS = 45
"""How long a store may show what was deleted (vector stores lag)."""


@dataclass(frozen=True)
class Eraser:
    """Empties stores one after another; one that fails does not keep the others from it."""

    stores: Mapping[str, ErasableStore]
    """By the names that the receipt has."""
    records: Records
    deletions: Deletions
    clock: Callable[[], float] = time.time
    """Unix seconds."""
    sleep: Callable[[float], None] = time.sleep
    empty_seconds: float = EMPTY_SECONDS

    def remove(self, document: Document) -> None:
        """Remove the document: what readers see first, then every version from every store.

        An object may be deleted past the API: its deletion begins here. One that is done is not
        done again, however often events tell of it, unless a file was worked on since.

        Raises UnavailableError when a store failed or is not empty; the deletion stays pending.
        """
        record, deletion = self.records.find(document), self.deletions.find(document)
        if deletion is None or (record and record.object_version and deletion.state == "done"):
            deletion = Deletion(document_id=document.document_id, requested_at=iso(self.clock()))
            self.deletions.keep(document, deletion)
        self.records.forget(document)
        if deletion.state == "pending":
            self.finish(document, deletion)

    def finish(self, document: Document, deletion: Deletion) -> None:
        """Empty every store for a pending deletion, and write how far that came."""
        deletion = deletion.model_copy(update={"attempts": deletion.attempts + 1})
        failed: dict[str, Exception] = {}
        counts = dict(deletion.stores)
        for name, store in self.stores.items():
            try:
                counts[name] = self._emptied(document, store, counts.get(name))
            except Exception as error:  # noqa: BLE001 - every other store is emptied all the same
                failed[name] = error
        deletion = deletion.model_copy(update={"stores": counts})
        if failed:
            for name, error in failed.items():
                logger.error("a store was not emptied", extra={"store": name}, exc_info=error)
            self.deletions.keep(document, deletion)
            raise UnavailableError(f"not deleted yet from: {', '.join(failed)}")
        self.deletions.keep(document, deletion.done(iso(self.clock())))

    def _emptied(self, document: Document, store: ErasableStore, known: Counts | None) -> Counts:
        """Empty a store; what an earlier attempt has counted there stays in the receipt."""
        found = store.count(document, None)
        before = max(found, known.before if known else 0)
        store.delete(document, None)
        patience: Retrying = Retrying(
            retry=retry_if_result(lambda left: left > 0),
            stop=stop_after_delay(self.empty_seconds),
            wait=wait_random_exponential(multiplier=0.1, max=3),
            sleep=self.sleep,
        )
        try:
            return Counts(before=before, after=patience(store.count, document, None))
        except RetryError as error:
            left: object = error.last_attempt.result()
            raise UnavailableError(f"{left} are left") from error
