"""Brings one version of a document live: all of it at once, or nothing."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tenacity import (
    RetryError,
    Retrying,
    retry_if_result,
    stop_after_delay,
    wait_random_exponential,
)

from runtime.knowledge.document_processor.ports import (
    Converter,
    CountedStore,
    Delivery,
    Edition,
    Embedder,
    Lease,
    Records,
    Store,
    UploadedObject,
    Uploads,
    in_context,
)
from runtime.shared.documents import Document, DocumentRecord
from runtime.shared.errors import RejectedError, UnavailableError

AGREEMENT_SECONDS = 45
"""How long a store may take until its readers see all it was given (vector stores lag)."""

Published = Literal["published", "unchanged"]


@dataclass(frozen=True)
class Publisher:
    """Converts, embeds, stores, counts and only then flips the pointer readers follow."""

    uploads: Uploads
    records: Records
    converter: Converter
    embedder: Embedder
    counted: Mapping[str, CountedStore]
    """The stores that must agree, by the names used in messages."""
    markdown: Store
    sleep: Callable[[float], None] = time.sleep
    agreement_seconds: float = AGREEMENT_SECONDS

    def publish(
        self,
        lease: Lease,
        record: DocumentRecord | None,
        uploaded: UploadedObject,
        delivery: Delivery,
    ) -> Published:
        """Make `uploaded` what readers see; bytes that are live already change nothing."""
        document = lease.document
        version = self.uploads.digest(uploaded)
        if record and record.live_version == version:
            seen = (record.status, record.object_version, record.filename)
            if seen != ("ready", uploaded.version_id, uploaded.filename):
                self.records.confirm(document, uploaded)
            self.sweep(document)
            return "unchanged"

        self.records.start(document, version, uploaded, delivery)
        edition = self._edition(document, version, uploaded)
        self.records.index(document, version)
        for store in (*self.counted.values(), self.markdown):
            store.write(edition)
        self._await_agreement(edition)
        self.records.publish(lease, edition, uploaded)
        self.sweep(document)
        return "published"

    def sweep(self, document: Document) -> None:
        """Remove everything that is left of versions which are not live."""
        record = self.records.find(document)
        if record is None:
            return
        for version in sorted(record.traces - {record.live_version}):
            self._delete(document, version)
            self.records.erase_traces(document, version)

    def _edition(self, document: Document, version: str, uploaded: UploadedObject) -> Edition:
        self.records.stage(document, "converting")
        content = self.converter.convert(document, version, uploaded)
        if not content.chunks:
            raise RejectedError("no_text", "The document contains no text that can be read.")
        self.records.stage(document, "embedding")
        texts = [in_context(chunk) for chunk in content.chunks]
        vectors = self.embedder.embed(document, version, texts)
        return Edition(document, version, uploaded.filename, content, vectors)

    def _await_agreement(self, edition: Edition) -> None:
        """Wait until every store shows every chunk; remove the version when one never does."""
        expected = dict.fromkeys(self.counted, len(edition.content.chunks))

        def counts() -> dict[str, int]:
            return {
                name: store.count(edition.document, edition.version)
                for name, store in self.counted.items()
            }

        patience: Retrying = Retrying(
            retry=retry_if_result(lambda seen: seen != expected),
            stop=stop_after_delay(self.agreement_seconds),
            wait=wait_random_exponential(multiplier=0.1, max=3),
            sleep=self.sleep,
        )
        try:
            patience(counts)
        except RetryError as error:
            seen: object = error.last_attempt.result()
            # Whatever is wrong with what was written, the next attempt begins without it.
            self._delete(edition.document, edition.version)
            raise UnavailableError(
                f"the stores do not agree: {seen} instead of {expected}"
            ) from error

    def _delete(self, document: Document, version: str) -> None:
        for store in (*self.counted.values(), self.markdown):
            store.delete(document, version)
