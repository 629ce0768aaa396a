"""Each event becomes an object of its own, written once and never again."""

import datetime as dt
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from runtime.orders.shared.events import AnyEvent
from runtime.shared.aws_errors import calling, error_code
from runtime.shared.errors import UnavailableError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
_THERE, _BEING_WRITTEN = "PreconditionFailed", "ConditionalRequestConflict"


class Trail(Protocol):
    """Where events are kept."""

    def keep(self, key: str, content: str) -> None:
        """Write an object, unless there is one."""
        ...


class AuditStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail

    def run(self, event: AnyEvent, trace_id: str) -> None:
        """Keep the event; one that comes again is there already."""
        del trace_id
        day = event.occurred_at[:10]
        key = f"audit/{event.tenant}/{day}/{event.event_id}.json"
        self._trail.keep(key, event.model_dump_json())

    def expect_end(self, event: AnyEvent, until: dt.datetime) -> None:
        """Note nothing: a dead letter can be replayed."""

    def fail(self, event: AnyEvent, reason: str) -> None:
        """Note nothing: a dead letter can be replayed."""


class S3Trail:
    """Implements `Trail`."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def keep(self, key: str, content: str) -> None:
        """Write an object, unless there is one."""
        try:
            with calling("s3"):
                self._s3.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=content.encode(),
                    ContentType="application/json",
                    IfNoneMatch="*",
                )
        except ClientError as error:
            if error_code(error) == _BEING_WRITTEN:
                raise UnavailableError("another call writes this object") from error
            if error_code(error) != _THERE:
                raise
