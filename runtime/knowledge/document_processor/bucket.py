"""The documents bucket as the processor uses it: uploaded bytes in, Markdown out."""

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from botocore.exceptions import ClientError

from runtime.knowledge.document_processor.ports import Edition, UploadedObject
from runtime.shared.aws_errors import calling, error_code
from runtime.shared.documents import Document

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_READ_BYTES = 1024 * 1024
_GONE = {"404", "405", "NoSuchKey"}  # 405: the current version is a delete marker


class S3Uploads:
    """Implements `ports.Uploads`."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def current(self, key: str) -> UploadedObject | None:
        """Return the current version, or None when the object is deleted."""
        try:
            with calling("s3"):
                head = self._s3.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error_code(error) in _GONE:
                return None
            raise
        named = head["Metadata"].get("filename")
        return UploadedObject(
            key=key,
            version_id=head["VersionId"],
            filename=unquote(named) if named else key.rpartition("/")[2],
            content_type=head["ContentType"],
            size_bytes=head["ContentLength"],
            announced_at=head["Metadata"].get("announced"),
        )

    def discard(self, uploaded: UploadedObject) -> None:
        """Erase exactly this version; what lay below it is the current one then."""
        with calling("s3"):
            self._s3.delete_object(
                Bucket=self._bucket, Key=uploaded.key, VersionId=uploaded.version_id
            )

    def digest(self, uploaded: UploadedObject) -> str:
        """Return the SHA-256 of exactly this version's bytes, read piece by piece."""
        digest = hashlib.sha256()
        with calling("s3"):
            found = self._s3.get_object(
                Bucket=self._bucket, Key=uploaded.key, VersionId=uploaded.version_id
            )
            for piece in found["Body"].iter_chunks(_READ_BYTES):
                digest.update(piece)
        return digest.hexdigest()


class MarkdownFiles:
    """Implements `ports.Store` with one Markdown file for each version."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def write(self, edition: Edition) -> None:
        """Store the document's text."""
        with calling("s3"):
            self._s3.put_object(
                Bucket=self._bucket,
                Key=edition.document.markdown_key(edition.version),
                Body=edition.content.markdown.encode(),
                ContentType="text/markdown; charset=utf-8",
            )

    def delete(self, document: Document, version: str | None) -> None:
        """Remove one version's file, or all."""
        keys = [document.markdown_key(version)] if version else self._keys(document)
        for key in keys:
            with calling("s3"):
                self._s3.delete_object(Bucket=self._bucket, Key=key)

    def _keys(self, document: Document) -> list[str]:
        with calling("s3"):
            pages = self._s3.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=document.markdown_prefix
            )
            return [found.get("Key", "") for page in pages for found in page.get("Contents", [])]
