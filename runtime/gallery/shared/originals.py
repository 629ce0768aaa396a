"""Reading an uploaded image from S3."""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from botocore.exceptions import ClientError

from runtime.shared.aws_errors import calling, error_code

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

KEPT_IN_MEMORY_BYTES = 4 * 2**20


@dataclass(frozen=True)
class Original:
    """An image as it was when it was opened."""

    file: IO[bytes]
    version_id: str | None
    """Names the same content to whoever reads it next; None in a bucket without versions."""


def open_original(s3: "S3Client", bucket: str, key: str, etag: str) -> Original | None:
    """Return the content with this etag, or None when it was replaced or deleted.

    Needs s3:ListBucket too: without it S3 says of a missing object that access is denied. A large
    file lies in a temporary file without a name: the system removes it when it is closed, and also
    when the function is killed.
    """
    try:
        with calling("s3"):
            answer = s3.get_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error_code(error) == "NoSuchKey":
            return None
        raise
    if answer["ETag"].strip('"') != etag:
        return None
    with ExitStack() as closed_on_error:
        file = closed_on_error.enter_context(SpooledTemporaryFile(KEPT_IN_MEMORY_BYTES))
        with calling("s3"):
            shutil.copyfileobj(answer["Body"], file)
        file.seek(0)
        closed_on_error.pop_all()
    return Original(file, answer.get("VersionId"))
