"""Uploads with their real parts."""

import time

from runtime.knowledge.s3_unified_handler.core import Uploads
from runtime.knowledge.s3_unified_handler.stores import DynamoRecords, S3Forms
from runtime.shared.clients import s3_client, table
from runtime.shared.settings import Settings
from runtime.shared.waiting import WaitingFiles


class UploadSettings(Settings):
    """Where uploads go, how large they may be, and which browsers' pages may ask."""

    documents_bucket: str
    documents_table: str
    max_upload_bytes: int
    allowed_origins: str


def assembled(settings: UploadSettings) -> Uploads:
    """Return uploads that work on AWS."""
    s3 = s3_client()
    return Uploads(
        records=DynamoRecords(table(settings.documents_table)),
        forms=S3Forms(s3, settings.documents_bucket),
        waiting=WaitingFiles(s3, settings.documents_bucket),
        max_upload_bytes=settings.max_upload_bytes,
        clock=time.time,
    )
