"""Files that have arrived and wait to be processed.

The record of a document says what was worked on last. Between the arrival of a file and the first
look at it lies a queue, and perhaps a pause after a failure: what the record says then is true of
an older file. So the status asks the bucket which version is the current one.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger

from runtime.shared.documents import UNSEEN, DocumentRecord
from runtime.shared.errors import DeniedError, UnavailableError
from runtime.shared.object_versions import ObjectVersions

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

logger = Logger(child=True)

_SIDE_BY_SIDE = 8


class WaitingFiles:
    """Tells whose newest file has not been looked at yet."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._versions = ObjectVersions(s3, bucket)

    def has(self, record: DocumentRecord) -> bool:
        """Tell whether a newer file waits; False while the bucket cannot be asked."""
        # Records of before this was noted say nothing of what is live.
        if record.object_key is None or (record.live_version and record.object_version is None):
            return False
        if record.status == "failed" and record.object_version == UNSEEN:
            # Whatever lies there, it is what could not be looked at. A new form ends this status.
            return False
        try:
            current = self._versions.current(record.object_key)
        except (UnavailableError, DeniedError):
            logger.exception("arrivals cannot be seen")
            return False
        return current is not None and current != record.object_version

    def among(self, records: Iterable[DocumentRecord]) -> set[str]:
        """Return the ids of the documents whose newest file waits."""
        asked = list(records)
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            waits = pool.map(self.has, asked)
        return {one.document_id for one, waiting in zip(asked, waits, strict=True) if waiting}
