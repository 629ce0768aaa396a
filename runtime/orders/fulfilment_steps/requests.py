"""What the workflow asks of its tasks; the state machine's definition sends exactly this."""

import json
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from runtime.orders.shared.order import OrderKey
from runtime.shared.shape import QUIET, Shape

REASONS = {
    "RefusedByApprover": "A person refused the order.",
    "States.Timeout": "Nobody decided on the order in time.",
}
UNKNOWN = "The order could not be fulfilled."


class _Step(Shape):
    tenant: str
    order_id: str
    correlation_id: str

    @property
    def key(self) -> OrderKey:
        """Return which order is meant."""
        return OrderKey(self.tenant, self.order_id)


class Reserve(_Step):
    """Set aside what was ordered."""

    operation: Literal["reserve"]


class Book(_Step):
    """Have the carrier pick it up."""

    operation: Literal["book"]


class Ask(_Step):
    """Ask a person; the workflow waits for the token."""

    operation: Literal["ask"]
    token: str


class Ship(_Step):
    """Hand it over to the carrier."""

    operation: Literal["ship"]


class Undo(_Step):
    """Undo what was done: refund, release, cancel."""

    operation: Literal["undo"]
    error: str = ""
    """As Step Functions names it: `RejectedError`, `States.Timeout`."""
    cause: str = ""
    """Of a function's error: JSON with `errorMessage`."""

    def reason(self) -> str:
        """Return why the order was undone, for its users."""
        if self.error == "RejectedError":
            return _explanation(self.cause) or UNKNOWN
        return REASONS.get(self.error, UNKNOWN)


Request = Annotated[Reserve | Book | Ask | Ship | Undo, Field(discriminator="operation")]
REQUEST: TypeAdapter[Request] = TypeAdapter(Request, config=QUIET)


class Done(Shape):
    """What a task answers."""

    tracking: str | None = None


def _explanation(cause: str) -> str:
    """Return what `RejectedError` explains behind its code."""
    try:
        message = json.loads(cause)["errorMessage"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(message).partition(": ")[2]
