"""Files of many orders: where they are, what a line is, and what is reported of them."""

from typing import Annotated

from pydantic import ConfigDict, Field

from runtime.orders.shared.intake import PlaceOrder
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


def import_key(tenant: str, import_id: str) -> str:
    """Return the key of an uploaded file."""
    return f"imports/{tenant}/{import_id}.jsonl"


def report_key(tenant: str, import_id: str) -> str:
    """Return the key of a file's report."""
    return f"reports/{tenant}/{import_id}.json"
