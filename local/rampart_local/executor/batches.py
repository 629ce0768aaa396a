"""Reads what a function says of a batch, as event source mappings do.

An answer that cannot be read is a complete failure; an empty or null list of failures, or nothing
at all, is a success: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

import json
from typing import Any, cast

from rampart_local.executor.functions import Outcome, failure

_SOURCES = {"aws:sqs", "aws:dynamodb", "aws:kinesis"}


def source_of(event: object) -> str:
    """Return the ARN of the queue or stream that an event is a batch of; nothing for others."""
    records: Any = cast("dict[str, Any]", event).get("Records") if isinstance(event, dict) else None
    if not isinstance(records, list) or not records:
        return ""
    first = cast("list[dict[str, Any]]", records)[0]
    return str(first.get("eventSourceARN", "")) if first.get("eventSource") in _SOURCES else ""


def settled(event: dict[str, Any], outcome: Outcome) -> Outcome:
    """Return the outcome of a batch whose mapping reports single failures.

    Args:
        event: the batch.
        outcome: what the function answered.

    Returns:
        A failure of the whole batch if the answer cannot be read, else a list of what failed.
    """
    if outcome.failed:
        return outcome
    try:
        answer: Any = json.loads(outcome.body or b"null")
        failed = _failed(answer, {_identifier(each) for each in event["Records"]})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"the answer of a batch cannot be read, so all of it is tried again: {error}"
        return failure("Function.InvalidBatchResponse", message, outcome.log)
    body = json.dumps({"batchItemFailures": [{"itemIdentifier": each} for each in failed]}).encode()
    return Outcome(body=body, failed=False, log=outcome.log)


def _failed(answer: Any, known: set[str]) -> list[str]:  # noqa: ANN401  # any JSON
    if answer is None:
        return []
    if not isinstance(answer, dict):
        raise TypeError(f"got {answer!r}, not an object")
    listed: list[dict[str, str]] = cast("dict[str, Any]", answer).get("batchItemFailures") or []
    found: list[str] = []
    for each in listed:
        identifier = each["itemIdentifier"]
        if not identifier or identifier not in known:
            raise ValueError(f"itemIdentifier {identifier!r} is none of the batch")
        found.append(identifier)
    return found


def _identifier(record: dict[str, Any]) -> str:
    if "messageId" in record:
        return str(record["messageId"])
    inner: dict[str, Any] = record.get("dynamodb") or record.get("kinesis") or {}
    return str(inner.get("SequenceNumber") or inner.get("sequenceNumber"))
