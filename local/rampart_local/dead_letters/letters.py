"""A message of a dead letter queue, and why it is there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

REFUSED = frozenset({"InvalidRequestError", "RejectedError"})
"""Errors of content that no repetition can help: `runtime.shared.errors`."""
# What whoever put the letter there added: functions of ours, Lambda, EventBridge.
# https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
_TYPES = ("error_type", "ERROR_CODE", "ErrorCode")
_REASONS = ("reason", "ERROR_MESSAGE", "ErrorMessage")
ADDED = frozenset({*_TYPES, *_REASONS, "RULE_ARN", "TARGET_ARN", "RequestID", "RETRY_ATTEMPTS"})
"""Message attributes that are about the failure, and not part of what failed."""
UNKNOWN = "no reason given: its consumer failed or was stopped each time"


@dataclass(frozen=True)
class Letter:
    """A dead letter, as it was received."""

    id: str
    body: str
    attributes: Mapping[str, Any]
    """Of the message, as SQS types them."""
    receipt: str
    group: str | None
    """Message group, of a FIFO queue."""
    sent_at: datetime
    """When it came into this queue, or into the one before where SQS moved it."""

    @property
    def error_type(self) -> str:
        """The error's class or code; "" when nobody said."""
        return self._attribute(_TYPES) or _recorded(self.body)[0]

    @property
    def cause(self) -> str:
        """The error and what it says."""
        reason = self._attribute(_REASONS) or _recorded(self.body)[1]
        return ": ".join(part for part in (self.error_type, reason) if part) or UNKNOWN

    @property
    def refused(self) -> bool:
        """Whether its consumer refused its content: replayed, it is refused again."""
        return self.error_type in REFUSED

    @property
    def original_attributes(self) -> dict[str, Any]:
        """The attributes of the message that failed."""
        return {name: value for name, value in self.attributes.items() if name not in ADDED}

    def _attribute(self, names: tuple[str, ...]) -> str:
        found = (self.attributes.get(name, {}).get("StringValue") for name in names)
        return next((str(value) for value in found if value), "")


def letter(message: Mapping[str, Any]) -> Letter:
    """Return a received message as a letter."""
    system = message.get("Attributes", {})
    attributes = {
        name: {key: part for key, part in value.items() if not key.endswith("ListValues")}
        for name, value in message.get("MessageAttributes", {}).items()
    }
    return Letter(
        id=message["MessageId"],
        body=message["Body"],
        attributes=attributes,
        receipt=message["ReceiptHandle"],
        group=system.get("MessageGroupId"),
        sent_at=datetime.fromtimestamp(int(system.get("SentTimestamp", "0")) / 1000, UTC),
    )


def recorded(body: str) -> dict[str, Any] | None:
    """Return Lambda's record of a failed call or batch, or None when the body is none."""
    try:
        content: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(content, dict) or "requestContext" not in content:
        return None
    return cast("dict[str, Any]", content)


def _recorded(body: str) -> tuple[str, str]:
    """Return error and explanation of a record."""
    record = recorded(body) or {}
    answer: Any = record.get("responsePayload")
    if isinstance(answer, dict):
        told = cast("dict[str, Any]", answer)
        return str(told.get("errorType", "")), str(told.get("errorMessage", ""))
    context = cast("dict[str, Any]", record.get("requestContext") or {})
    return str(context.get("condition", "")), ""
