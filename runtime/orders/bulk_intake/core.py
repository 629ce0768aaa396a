"""A file of orders, line by line: what can be placed is placed, the rest is reported by its line.

Delivered again after a failure, it begins anew; lines that were placed are the same orders then.
"""

from collections.abc import Iterator
from typing import Protocol

from pydantic import ValidationError

from runtime.orders.shared.imports import (
    MOST_LINES,
    ImportLine,
    ImportReport,
    RefusedLine,
)
from runtime.orders.shared.intake import PlaceOrder, Receipt
from runtime.shared.errors import RejectedError


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
