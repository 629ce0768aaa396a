"""The objects of the gallery's bucket, as users see them: through signed URLs and forms."""

from typing import TYPE_CHECKING, Any

from runtime.shared.deletions import Counts
from runtime.shared.object_versions import ObjectVersions

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

URL_SECONDS = 900
FORM_SECONDS = 900


class S3Storage:
    """Implements `core.Storage`; signing is local and calls nothing."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        """Sign with the function's own role, for this bucket."""
        self._s3, self.bucket = s3, bucket

    def url(self, key: str, content_type: str | None) -> str:
        """Return a signed URL that shows the object as this type and expires.

        The type is the one found in the content: what a client claimed is never served, and what
        was not opened yet is served as something to download.
        """
        shown_as = content_type or "application/octet-stream"
        parameters = {"Bucket": self.bucket, "Key": key, "ResponseContentType": shown_as}
        return self._s3.generate_presigned_url("get_object", parameters, URL_SECONDS)

    def form(self, key: str, content_type: str, size_bytes: int) -> tuple[str, dict[str, str], int]:
        """Return URL, fields and seconds of a form that uploads this object and no other."""
        fields = {"Content-Type": content_type}
        conditions: list[Any] = [fields, ["content-length-range", size_bytes, size_bytes]]
        form = self._s3.generate_presigned_post(
            self.bucket, key, Fields=fields, Conditions=conditions, ExpiresIn=FORM_SECONDS
        )
        return form["url"], form["fields"], FORM_SECONDS

    def remove(self, key: str) -> Counts:
        """Remove an object with all its versions; a missing one is no error."""
        return ObjectVersions(self._s3, self.bucket).remove(key)
