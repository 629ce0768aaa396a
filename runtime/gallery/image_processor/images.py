"""The objects of the gallery's bucket, in S3."""

from typing import IO, TYPE_CHECKING

from runtime.gallery.image_processor.thumbnail import Thumbnail
from runtime.gallery.shared.originals import open_original
from runtime.shared.aws_errors import calling
from runtime.shared.object_versions import ObjectVersions

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

THUMBNAIL_TAGS = "kind=thumbnail"
"""The bucket's lifecycle finds old thumbnails by this: their keys begin with the tenant."""


class S3Images:
    """Implements `core.Images`."""

    def __init__(self, s3: "S3Client") -> None:
        """Read and write through `s3`, in the name of the function's role."""
        self._s3 = s3

    def open(self, bucket: str, key: str, etag: str) -> IO[bytes] | None:
        """Return the content with this etag, or None when it was replaced or deleted."""
        found = open_original(self._s3, bucket, key, etag)
        return found.file if found else None

    def write_thumbnail(self, bucket: str, key: str, thumbnail: Thumbnail) -> None:
        """Create or replace the thumbnail."""
        with calling("s3"):
            self._s3.put_object(
                Bucket=bucket,
                Key=key,
                Body=thumbnail.content,
                ContentType=thumbnail.mime_type,
                Tagging=THUMBNAIL_TAGS,
            )

    def remove(self, bucket: str, key: str) -> None:
        """Remove an object with all its versions; a missing one is no error."""
        ObjectVersions(self._s3, bucket).remove(key)
