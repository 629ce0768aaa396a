"""A file of orders, line by line: what can be placed is placed, the rest is reported by its line.

Delivered again after a failure, it begins anew; lines that were placed are the same orders then.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from pydantic import ValidationError

from runtime.orders.shared.imports import (
    MOST_LINES,
    ImportLine,
    ImportReport,
    RefusedLine,
    import_of,
    report_key,
)
from runtime.orders.shared.intake import PlaceOrder, Receipt
from runtime.shared.errors import RejectedError
from runtime.shared.shape import Shape


class _Bucket(Shape):
    name: str


class _Object(Shape):
    key: str


class FileUploaded(Shape):
    """The detail of S3's event `Object Created`; keys are not URL-encoded in it."""

    bucket: _Bucket
    object: _Object


class Files(Protocol):
    """The bucket, as `runtime.shared.objects.Objects` is."""

    def read(self, bucket: str, key: str, version_id: str | None = None) -> bytes:
        """Return the object's content."""
        ...

    def write(self, bucket: str, key: str, content: bytes, content_type: str) -> None:
        """Create or replace the object."""
        ...


class Intake(Protocol):
    """Places orders."""

    def place(self, tenant: str, request: PlaceOrder, key: str, correlation_id: str) -> Receipt:
        """Take an order; the same key and request again are the same order."""
        ...


class BulkIntake:
    """Places the orders of files."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def place(self, tenant: str, import_id: str, content: bytes) -> ImportReport:
        """Place every line that is an order.

        Raises RejectedError when it is no text or has too many lines; nothing is placed then.
        """
        accepted, refused = 0, list[RefusedLine]()
        for number, line in list(_lines(content)):
            try:
                order = ImportLine.model_validate_json(line)
                self._intake.place(tenant, order.order, order.idempotency_key, import_id)
                accepted += 1
            except ValidationError as error:
                refused.append(RefusedLine(line=number, detail=_fields(error)))
            except RejectedError as error:
                refused.append(RefusedLine(line=number, detail=error.explanation))
        return ImportReport(accepted=accepted, refused=refused)


class ImportStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, files: Files, bulk: BulkIntake) -> None:
        self._files, self._bulk = files, bulk

    def run(self, event: FileUploaded, trace_id: str) -> None:
        """Place the orders of the file, and report what became of each line."""
        del trace_id
        tenant, import_id = import_of(event.object.key)
        content = self._files.read(event.bucket.name, event.object.key)
        self._report(event, self._bulk.place(tenant, import_id, content))

    def expect_end(self, event: FileUploaded, until: dt.datetime) -> None:
        """Note nothing: a file without a report is still to be placed."""

    def fail(self, event: FileUploaded, reason: str) -> None:
        """Report why the file was not placed."""
        self._report(event, ImportReport(accepted=0, refused=[], reason=reason))

    def _report(self, event: FileUploaded, report: ImportReport) -> None:
        key = report_key(*import_of(event.object.key))
        content = report.model_dump_json().encode()
        self._files.write(event.bucket.name, key, content, "application/json")


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RejectedError("not_text", "The file is not UTF-8.") from error
    lines = text.split("\n")
    if len(lines) > MOST_LINES + 1:
        raise RejectedError("too_many_lines", f"The file has more than {MOST_LINES} lines.")
    yield from ((n, line) for n, line in enumerate(lines, 1) if line.strip())


def _fields(error: ValidationError) -> str:
    """Return which fields are wrong and why, without what they hold."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc']) or 'line'}: {fault['msg']}"
        for fault in faults[:5]
    )
