"""A circuit breaker whose state all execution environments share, in a DynamoDB table.

While a service is down, every environment would have to find that out by waiting for it. After some
failures in a row, of whichever environments, the breaker is open for all; after a pause the next
call is let through, and its outcome closes the breaker or opens it again.

    DynamoDB   service {name}   state, failures, successes, opened_at (ISO 8601), expires_at

A row that nobody changes for a day goes: its breaker is closed then.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from aws_lambda_powertools import Logger
from pybreaker import STATE_CLOSED, CircuitBreaker, CircuitBreakerError, CircuitBreakerStorage

from runtime.shared.aws_errors import calling
from runtime.shared.errors import (
    DeniedError,
    InvalidRequestError,
    NotConfiguredError,
    RejectedError,
    UnavailableError,
)

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table

logger = Logger(child=True)
Answer = TypeVar("Answer")

KEPT_SECONDS = 24 * 3600
FAILURES = 5
PAUSE_SECONDS = 10.0
# The service answered, or was not asked at all: it is not down.
_ANSWERS = [DeniedError, InvalidRequestError, NotConfiguredError, RejectedError]


class Breaker:
    """Stands before one service."""

    def __init__(
        self,
        service: str,
        storage: CircuitBreakerStorage,
        failures: int = FAILURES,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """Open after this many failures in a row, for this long."""
        self._service = service
        self._breaker = CircuitBreaker(
            fail_max=failures,
            reset_timeout=pause_seconds,
            exclude=_ANSWERS,
            state_storage=storage,
            throw_new_error_on_trip=False,
        )

    def call(self, ask: Callable[[], Answer]) -> Answer:
        """Ask; raise UnavailableError at once while the breaker is open."""
        try:
            return self._breaker.call(ask)
        except CircuitBreakerError as error:
            raise UnavailableError(f"{self._service} failed several times just now") from error


class SharedState(CircuitBreakerStorage):
    """The row of one service. A table that does not answer leaves the breaker closed."""

    def __init__(self, table: "Table", service: str) -> None:
        super().__init__("dynamodb")
        self._table, self._key = table, {"service": service}

    @property
    def state(self) -> str:
        """Return which state all environments are in."""
        return str(self._row().get("state", STATE_CLOSED))

    @state.setter
    def state(self, state: str) -> None:
        self._set("state", state)

    @property
    def counter(self) -> int:
        """Return the failures in a row."""
        return int(self._row().get("failures", 0))

    @property
    def success_counter(self) -> int:
        """Return the successes since the breaker was half open."""
        return int(self._row().get("successes", 0))

    @property
    def opened_at(self) -> datetime | None:
        """Return since when it is open."""
        at = self._row().get("opened_at")
        return datetime.fromisoformat(at) if at else None

    @opened_at.setter
    def opened_at(self, datetime: datetime) -> None:
        self._set("opened_at", datetime.isoformat())

    def increment_counter(self) -> None:
        """Count a failure."""
        self._add("failures")

    def reset_counter(self) -> None:
        """Forget the failures; nothing is written while there are none."""
        if self.counter:
            self._set("failures", 0)

    def increment_success_counter(self) -> None:
        """Count a success."""
        self._add("successes")

    def reset_success_counter(self) -> None:
        """Forget the successes."""
        if self.success_counter:
            self._set("successes", 0)

    def _row(self) -> dict[str, Any]:
        try:
            with calling("dynamodb"):
                found = self._table.get_item(Key=self._key, ConsistentRead=True)
        except (UnavailableError, DeniedError):
            logger.exception("the state of the circuit breaker is not known")
            return {}
        return dict(found.get("Item", {}))

    def _set(self, name: str, value: str | int) -> None:
        self._write("SET #name = :value, expires_at = :expires_at", name, value)

    def _add(self, name: str) -> None:
        self._write("SET expires_at = :expires_at ADD #name :value", name, 1)

    def _write(self, expression: str, name: str, value: str | int) -> None:
        try:
            with calling("dynamodb"):
                self._table.update_item(
                    Key=self._key,
                    UpdateExpression=expression,
                    ExpressionAttributeNames={"#name": name},
                    ExpressionAttributeValues={
                        ":value": value,
                        ":expires_at": int(time.time()) + KEPT_SECONDS,
                    },
                )
        except (UnavailableError, DeniedError):
            logger.exception("the state of the circuit breaker was not kept")
