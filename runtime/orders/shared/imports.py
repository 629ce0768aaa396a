"""Files of many orders: where they are, what a line is, and what is reported of them."""

from re import fullmatch
from typing import Annotated

from pydantic import ConfigDict, Field

from runtime.orders.shared.intake import PlaceOrder
from runtime.orders.shared.order import ORDER_ID_PATTERN
from runtime.shared.errors import RejectedError
from runtime.shared.identity import TENANT_PATTERN
from runtime.shared.once import KEY
from runtime.shared.shape import Shape

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 5000


class ImportLine(Shape):
    """A line of a file, as JSON."""

    model_config = ConfigDict(extra="forbid")

    idempotency_key: Annotated[str, Field(pattern=KEY)]
    order: PlaceOrder


class RefusedLine(Shape):
    """A line that is no order, counted from 1; what it holds is not repeated."""

    line: int
    detail: str


class ImportReport(Shape):
    """What became of a file."""

    accepted: int
    refused: list[RefusedLine]
    reason: str | None = None
    """Why nothing of it was placed, or not all of it."""


_IMPORT_KEY = rf"imports/({TENANT_PATTERN})/({ORDER_ID_PATTERN[1:-1]})\.jsonl"


def import_of(key: str) -> tuple[str, str]:
    """Return tenant and id of an uploaded file.

    Raises RejectedError when the key is none of ours.
    """
    found = fullmatch(_IMPORT_KEY, key)
    if found is None:
        raise RejectedError("not_an_import", "Its key is not that of an import.")
    return found[1], found[2]


def import_key(tenant: str, import_id: str) -> str:
    """Return the key of an uploaded file."""
    return f"imports/{tenant}/{import_id}.jsonl"


def report_key(tenant: str, import_id: str) -> str:
    """Return the key of a file's report."""
    return f"reports/{tenant}/{import_id}.json"
