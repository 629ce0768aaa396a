"""S3 as the functions use it: whole objects of document size."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from runtime.shared.aws_errors import calling, error_code
from runtime.shared.errors import InvalidRequestError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import GetObjectRequestTypeDef


class Objects:
    """Reads and writes whole objects with the function's own permissions."""

    def __init__(self, s3: "S3Client") -> None:
        self._s3 = s3

    def read(self, bucket: str, key: str, version_id: str | None = None) -> bytes:
        """Return the object's content, of the newest version or of the one named.

        Raises InvalidRequestError if there is no such object, DeniedError, UnavailableError.
        """
        place: GetObjectRequestTypeDef = {"Bucket": bucket, "Key": key}
        if version_id:
            place["VersionId"] = version_id
        try:
            with calling("s3"):
                return self._s3.get_object(**place)["Body"].read()
        except ClientError as error:
            if error_code(error) in {"NoSuchKey", "NoSuchVersion", "NoSuchBucket"}:
                raise InvalidRequestError(f"there is no object {key} in {bucket}") from error
            raise

    def write(self, bucket: str, key: str, content: bytes, content_type: str) -> None:
        """Create or replace the object; the bucket's default encryption applies."""
        with calling("s3"):
            self._s3.put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type)
