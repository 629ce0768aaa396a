"""One id per request, from the API through every function to every log line."""

import base64
import json

from aws_lambda_powertools.utilities.typing import LambdaContext

CORRELATION_ID = "correlation_id"


def client_context(correlation_id: str | None) -> str:
    """Return the `ClientContext` of an invocation: a JSON document in base64."""
    custom = {CORRELATION_ID: correlation_id} if correlation_id else {}
    return base64.b64encode(json.dumps({"custom": custom}).encode()).decode()


def caller_correlation_id(context: LambdaContext) -> str | None:
    """Return the id an invoking function handed over, or None when nobody did."""
    handed_over = context.client_context
    custom: dict[str, object] = (handed_over.custom or {}) if handed_over else {}
    correlation_id = custom.get(CORRELATION_ID)
    return correlation_id if isinstance(correlation_id, str) else None
