"""S3 as the functions use it: whole objects of document size."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class Objects:
    """Reads and writes whole objects; implements `runtime.shared.payload.ObjectStore`."""

    def __init__(self, s3: "S3Client") -> None:
        self._s3 = s3

    def read(self, bucket: str, key: str) -> bytes:
        """Return the object's content."""
        return self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def write(self, bucket: str, key: str, content: bytes, content_type: str) -> None:
        """Create or replace the object; the bucket's default encryption applies."""
        self._s3.put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type)
