"""Refuses invocations that Lambda refuses before any function runs.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html and
https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

import json
import re
from collections.abc import Mapping

MOST_SYNCHRONOUS_BYTES = 6 * 1024 * 1024
MOST_ASYNCHRONOUS_BYTES = 1024 * 1024
"""256 KB until October 2025."""

_INVOCATION = re.compile(r"^/2015-03-31/functions/[^/]+/invocations$")

Refusal = tuple[int, dict[str, str], bytes]


def refused(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Refusal | None:
    """Return the answer to an invocation that Lambda would refuse."""
    if method != "POST" or not _INVOCATION.match(path):
        return None
    asynchronous = headers.get("x-amz-invocation-type") == "Event"
    if asynchronous and len(body) > MOST_ASYNCHRONOUS_BYTES:
        return _error(
            413,
            "RequestTooLargeException",
            f"{len(body)} byte payload is too large for the Event invocation type "
            f"(limit {MOST_ASYNCHRONOUS_BYTES} bytes)",
        )
    if len(body) > MOST_SYNCHRONOUS_BYTES:
        return _error(
            413,
            "RequestTooLargeException",
            f"Request must be smaller than {MOST_SYNCHRONOUS_BYTES} bytes for the InvokeFunction "
            "operation",
        )
    try:
        json.loads(body or b"{}")
    except ValueError as error:
        return _error(
            400,
            "InvalidRequestContentException",
            f"Could not parse request body into json: Could not parse payload into json: {error}",
        )
    return None


def _error(status: int, kind: str, message: str) -> Refusal:
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": kind}
    return status, headers, json.dumps({"Type": "User", "message": message}).encode()
