"""What it means that a document has changed.

An event only says that something happened to the object. What counts is what the object is now:
`process` looks, and brings everything the system holds into line with it. So it does not matter
how often, how late or in which order events arrive; a stale one finds nothing left to do.

One process at a time works on a document. It holds a lease from before it looks at the object
until after the last trace of an older version is gone, and publishing is conditional on that
lease. S3 never shows an older object after a newer one, so an older upload cannot replace a newer
one. Whoever finds the lease taken asks its holder to look again and leaves.
"""

from contextlib import suppress
from typing import Literal

from aws_lambda_powertools import Logger

from runtime.knowledge.document_processor.erasure import Eraser
from runtime.knowledge.document_processor.ports import (
    Deletions,
    Delivery,
    Lease,
    Leases,
    RecordGoneError,
    Records,
    UploadedObject,
    Uploads,
)
from runtime.knowledge.document_processor.publication import Publisher
from runtime.shared.documents import Document, DocumentRecord
from runtime.shared.errors import (
    DeniedError,
    InvalidRequestError,
    NotConfiguredError,
    RejectedError,
)

logger = Logger(child=True)

Outcome = Literal["published", "unchanged", "removed", "refused", "failed", "gone", "handed_over"]


class DocumentProcessor:
    """Brings one document after another into line with its object."""

    def __init__(
        self,
        uploads: Uploads,
        records: Records,
        leases: Leases,
        *,
        deletions: Deletions,
        publisher: Publisher,
        eraser: Eraser,
    ) -> None:
        self._uploads, self._records, self._deletions = uploads, records, deletions
        self._leases, self._publisher, self._eraser = leases, publisher, eraser

    def process(self, document: Document, key: str, delivery: Delivery) -> list[Outcome]:
        """Bring the document into line; `key` is the object the event was about.

        Raises whatever may work later, so that the message is delivered again, and NotNowError
        when only the time was wrong. A document that can never be read is no error: its status
        says why, and the message is done.
        """
        lease = self._leases.acquire(document, delivery)
        if lease is None:
            return ["handed_over"]
        try:
            outcomes: list[Outcome] = [self._converge(lease, key, delivery)]
            # What lay below a refused file is looked at in its place.
            while outcomes[-1] == "refused" or not self._leases.release(lease):
                outcomes.append(self._converge(lease, key, delivery))
        except Exception:
            self._leases.drop(lease)
            raise
        return outcomes

    def _converge(self, lease: Lease, key: str, delivery: Delivery) -> Outcome:
        """Bring the document into line once, and say in its record when that fails."""
        document = lease.document
        uploaded: UploadedObject | None = None
        try:
            record = self._records.find(document)
            uploaded = self._uploads.current((record and record.object_key) or key)
            return self._apply(lease, record, uploaded, delivery)
        except RecordGoneError:
            # Records are deleted after their object, whose own event clears the rest.
            return "gone"
        except RejectedError as rejection:
            logger.info("document rejected", extra={"code": rejection.code})
            self._fail(document, uploaded, _sentence(rejection.explanation))
            return "failed"
        except InvalidRequestError:
            logger.exception("a library function refused the request")
            self._fail(document, uploaded, "The document could not be processed.")
            return "failed"
        except (DeniedError, NotConfiguredError):
            logger.exception("an operator has to act before this can work")
            self._fail(document, uploaded, "The service is not set up completely.")
            raise
        except Exception:
            # Anything else may be gone at the next delivery; the last one has none.
            if delivery.is_last:
                self._fail(
                    document,
                    uploaded,
                    "A service that processing needs was not available"
                    f" in {delivery.attempt} attempts. Please upload the file again later.",
                )
            raise

    def _apply(
        self,
        lease: Lease,
        record: DocumentRecord | None,
        uploaded: UploadedObject | None,
        delivery: Delivery,
    ) -> Outcome:
        if uploaded is None:
            self._eraser.remove(lease.document)
            return "removed"
        deletion = self._deletions.find(lease.document)
        if deletion and uploaded.announced_at and uploaded.announced_at <= deletion.requested_at:
            # A form lives on after the document it was made for; what it brings does not.
            self._uploads.discard(uploaded)
            return "refused"
        if deletion and deletion.state == "pending":
            # A new file came before the old ones were gone; nothing of the document is live yet.
            self._eraser.finish(lease.document, deletion)
        return self._publisher.publish(lease, record, uploaded, delivery)

    def _fail(self, document: Document, uploaded: UploadedObject | None, reason: str) -> None:
        """Tell the user, then remove what the failed version left; nobody to tell is fine."""
        with suppress(RecordGoneError):
            self._records.fail(document, uploaded, reason)
            self._publisher.sweep(document)


def _sentence(explanation: str) -> str:
    """Return a library's explanation as a sentence for the user."""
    text = explanation.strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
