"""A file of many orders: a signed form to upload it with."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from runtime.shared.identity import Caller
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

FORM_SECONDS = 900
MOST_BYTES = 5 * 1024 * 1024
CONTENT_TYPE = "application/jsonl"


class ImportForm(Shape):
    """Where and with which fields the file is uploaded, and where its report will be."""

    import_id: str
    url: str
    fields: dict[str, str]
    expires_in_seconds: int


class Imports:
    """Signs forms with the function's own role; signing calls nothing."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def form(self, caller: Caller) -> ImportForm:
        """Return a form for one file of the caller's tenant, of up to `MOST_BYTES` bytes."""
        import_id = str(uuid4())
        fields = {"Content-Type": CONTENT_TYPE}
        conditions: list[Any] = [fields, ["content-length-range", 1, MOST_BYTES]]
        form = self._s3.generate_presigned_post(
            self._bucket,
            f"imports/{caller.tenant}/{import_id}.jsonl",
            Fields=fields,
            Conditions=conditions,
            ExpiresIn=FORM_SECONDS,
        )
        return ImportForm(
            import_id=import_id,
            url=form["url"],
            fields=form["fields"],
            expires_in_seconds=FORM_SECONDS,
        )
