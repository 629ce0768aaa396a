"""A file of many orders: a signed form to upload it with."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from botocore.exceptions import ClientError

from runtime.orders.shared.imports import MOST_BYTES, ImportReport, import_key, report_key
from runtime.shared.aws_errors import calling, error_code
from runtime.shared.identity import Caller
from runtime.shared.problem import not_found
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

FORM_SECONDS = 900
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
            import_key(caller.tenant, import_id),
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

    def report(self, caller: Caller, import_id: str) -> ImportReport:
        """Return what became of a file; a 404 while nothing did."""
        try:
            with calling("s3"):
                found = self._s3.get_object(
                    Bucket=self._bucket, Key=report_key(caller.tenant, import_id)
                )
                return ImportReport.model_validate_json(found["Body"].read())
        except ClientError as error:
            if error_code(error) == "NoSuchKey":
                raise not_found("report of this import") from error
            raise
