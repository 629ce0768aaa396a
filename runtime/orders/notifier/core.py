"""A customer is told of an event once: the note says that it was done."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from boto3.dynamodb.conditions import Attr

from runtime.orders.shared.events import AnyEvent
from runtime.orders.shared.order import iso
from runtime.shared.conditional_writes import put_if

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table

KEPT_SECONDS = 400 * 24 * 3600


class Notices(Protocol):
    """What customers were told."""

    def add(self, event: AnyEvent, now: float) -> bool:
        """Note that the customer is told of the event; False when that was done before."""
        ...


class NoticeStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, notices: Notices, clock: Callable[[], float]) -> None:
        """`clock` returns Unix seconds."""
        self._notices, self._clock = notices, clock

    def run(self, event: AnyEvent, trace_id: str) -> None:
        """Tell the customer, unless that was done before."""
        del trace_id
        self._notices.add(event, self._clock())

    def expect_end(self, event: AnyEvent, until: dt.datetime) -> None:
        """Note nothing: a dead letter can be replayed."""

    def fail(self, event: AnyEvent, reason: str) -> None:
        """Note nothing: a dead letter can be replayed."""


class DynamoNotices:
    """Implements `Notices`. A customer reads them at the order: there is no mail service."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def add(self, event: AnyEvent, now: float) -> bool:
        """Note that the customer is told of the event; False when that was done before."""
        expires_at = int(now) + KEPT_SECONDS
        row = {"pk": event.key.notices, "sk": event.detail_type}
        return put_if(
            self._table,
            {
                "Item": {**row, "told_at": iso(now), "expires_at": expires_at},
                "ConditionExpression": Attr("pk").not_exists(),
            },
        )
