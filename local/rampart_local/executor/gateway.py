"""What API Gateway makes of a function's answer, and when it stops waiting for one.

ministack hands on a function's stack trace, takes any answer for a body, waits without end, and
reads `%2F` in a path as a slash. Replaced here, and held by tests/local/executor/test_gateway.py.
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from importlib import import_module
from typing import Any, cast
from urllib.parse import unquote

_KEYS = {"body", "headers", "isBase64Encoded", "multiValueHeaders", "statusCode"}
_REST_MILLISECONDS, _HTTP_MILLISECONDS = 29_000, 30_000
"""How long the two kinds of API wait unless the integration says otherwise."""
_EXECUTE = "/_aws/execute-api/"
_SLASH = re.compile("%2f", re.IGNORECASE)

_headers: ContextVar[dict[str, list[str]]] = ContextVar("headers", default={})  # noqa: B039  # never changed in place
"""Headers that were sent more than once, by their names in lower case: ministack joins them."""

Response = tuple[int, dict[str, str], bytes]
Invoke = Callable[..., Awaitable[Response]]


def install() -> None:
    """Replace what ministack does."""
    # Untyped, both; and ministack reads its settings at import.
    rest = cast("Any", import_module("ministack.services.apigateway_v1"))
    http = cast("Any", import_module("ministack.services.apigateway"))
    rest._lambda_proxy_response = proxy_response  # noqa: SLF001  # its only seam
    rest._build_lambda_event_v1 = _with_last_values(  # noqa: SLF001  # as above
        rest._build_lambda_event_v1  # noqa: SLF001  # as above
    )
    rest._invoke_lambda_proxy_v1 = _in_time(  # noqa: SLF001  # as above
        rest._invoke_lambda_proxy_v1,  # noqa: SLF001  # as above
        _REST_MILLISECONDS,
        lambda: rest._gw_error("INTEGRATION_TIMEOUT", "Endpoint request timed out"),  # noqa: SLF001  # as above
    )
    http._invoke_lambda_proxy = _without_traces(  # noqa: SLF001  # as above
        _in_time(
            http._invoke_lambda_proxy,  # noqa: SLF001  # as above
            _HTTP_MILLISECONDS,
            lambda: _message(503, "Service Unavailable"),
        )
    )


def _with_last_values(build: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Let what is sent twice have its last value where one fits, and all where all do."""

    def built(*arguments: object, **more: object) -> dict[str, Any]:
        event = build(*arguments, **more)
        if several := event.get("multiValueQueryStringParameters"):
            event["queryStringParameters"] = {name: values[-1] for name, values in several.items()}
        repeated = _headers.get()
        sent: dict[str, list[str]] = event.get("multiValueHeaders") or {}
        for name in sent:
            if values := repeated.get(name.lower()):
                sent[name] = values
                event["headers"][name] = values[-1]
        return event

    return built


def proxy_response(result: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
    """Read the answer of a function behind a REST API.

    Args:
        result: `body`, and `error` or `throttle`.

    Returns:
        The answer and None; or None and what the client is told with status 502.
    """
    answer = result.get("body")
    if isinstance(answer, bytes | str) and not result.get("error"):
        try:
            answer = json.loads(answer)
        except ValueError:
            return None, "Internal server error"
    if result.get("error") or result.get("throttle") or not _is_well_formed(answer):
        return None, "Internal server error"
    return cast("dict[str, Any]", answer), None


def _is_well_formed(answer: Any) -> bool:  # noqa: ANN401  # any JSON
    if not isinstance(answer, dict):
        return False
    entries = cast("dict[str, Any]", answer)
    status = entries.get("statusCode", 200)
    return (
        bool(entries)
        and entries.keys() <= _KEYS
        and str(status).isdigit()
        and isinstance(entries.get("body") or "", str)
        and isinstance(entries.get("headers") or {}, dict)
        and isinstance(entries.get("multiValueHeaders") or {}, dict)
    )


def _in_time(invoke: Invoke, default: int, late: Callable[[], Response]) -> Invoke:
    """Stop waiting after the integration's timeout; the function itself goes on."""

    async def invoked(integration: dict[str, Any], *rest: object, **more: object) -> Response:
        milliseconds = int(integration.get("timeoutInMillis") or default)
        try:
            return await asyncio.wait_for(invoke(integration, *rest, **more), milliseconds / 1000)
        except TimeoutError:
            return late()

    return invoked


def _without_traces(invoke: Invoke) -> Invoke:
    async def invoked(*arguments: object, **more: object) -> Response:
        response = await invoke(*arguments, **more)
        # How ministack says that a function failed; a function's own 502 has no `errorType`.
        if response[0] == 502 and b"errorType" in response[2]:  # noqa: PLR2004  # as above
            return _message(500, "Internal Server Error")
        return response

    return invoked


def _message(status: int, text: str) -> Response:
    return status, {"Content-Type": "application/json"}, json.dumps({"message": text}).encode()


def as_sent(scope: dict[str, Any]) -> dict[str, Any]:
    """Return a request to an API whose path keeps slashes that are a part of one segment.

    Its repeated headers are remembered for the function behind the API.
    """
    repeated: dict[str, list[str]] = {}
    for name, value in cast("list[tuple[bytes, bytes]]", scope["headers"]):
        repeated.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    _headers.set({name: values for name, values in repeated.items() if len(values) > 1})
    raw = cast("bytes", scope.get("raw_path") or b"").decode("latin-1").partition("?")[0]
    if not raw.startswith(_EXECUTE) or not _SLASH.search(raw):
        return scope
    return scope | {"path": "%2F".join(unquote(part) for part in _SLASH.split(raw))}
