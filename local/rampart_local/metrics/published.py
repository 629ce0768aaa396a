"""What the services publish of themselves, measured where ministack does their work.

Names, units and dimensions:
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
EventBridge's are published in deliveries/event_targets.py, SQS's in queues.py.
"""

import json
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from importlib import import_module
from typing import Any, cast

from rampart_local.executor.functions import Invoked
from rampart_local.metrics.embedded import data
from rampart_local.metrics.publisher import Publisher
from rampart_local.metrics.series import Datum

_MS = "Milliseconds"
Answer = tuple[Any, ...]
Execute = Callable[..., Awaitable[Answer]]


def install(publisher: Publisher) -> None:
    """Measure API Gateway, DynamoDB and Step Functions; functions are measured by `publish`."""
    # Untyped, all of them; and ministack reads its settings at import.
    lambda_svc, rest, http, dynamodb, states = (
        cast("Any", import_module(f"ministack.services.{name}"))
        for name in ("lambda_svc", "apigateway_v1", "apigateway", "dynamodb", "stepfunctions")
    )

    def emitted(name: str, duration_ms: float, **report: bool) -> None:
        # It reports a throttled request twice, the second time with a duration.
        if report["throttle"] and not duration_ms:
            publisher.put(Datum("AWS/Lambda", "Throttles", 1, dimensions={"FunctionName": name}))

    lambda_svc._emit_lambda_metrics = emitted  # noqa: SLF001  # its only seam
    rest._handle_execute_in_scope = _measured_rest(  # noqa: SLF001  # as above
        rest._handle_execute_in_scope,  # noqa: SLF001  # as above
        publisher,
        lambda api: str(rest._rest_apis.get(api, {}).get("name", "")),  # noqa: SLF001  # as above
    )
    http._handle_execute_in_scope = _measured_http(http._handle_execute_in_scope, publisher)  # noqa: SLF001  # as above
    dynamodb.handle_request = _measured_tables(dynamodb.handle_request, publisher)
    states._emit_execution_status_event = _measured_executions(  # noqa: SLF001  # as above
        states._emit_execution_status_event,  # noqa: SLF001  # as above
        publisher,
    )


def publish(publisher: Publisher, invoked: Invoked) -> None:
    """Publish what an invocation was, and the metrics that it printed."""
    # arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]
    _, _, _, region, account, _, name, *qualifier = invoked.arn.split(":")
    outcome, seconds = invoked.outcome, time.time() - invoked.began
    kinds: list[dict[str, str]] = [{"FunctionName": name}, {}]
    kinds += [{"FunctionName": name, "Resource": f"{name}:{each}"} for each in qualifier]
    for dimensions in kinds:
        for metric, value, unit in (
            ("Invocations", 1, "Count"),
            ("Errors", int(outcome.failed), "Count"),
            ("Throttles", 0, "Count"),
            ("Duration", seconds * 1000, _MS),
        ):
            datum = Datum("AWS/Lambda", metric, value, unit, dimensions)
            publisher.put(datum, (account, region))
    for datum in data(outcome.log):
        publisher.put(datum, (account, region))


def _measured_rest(
    execute: Execute, publisher: Publisher, name_of: Callable[[str], str]
) -> Execute:
    async def executed(api: str, stage: str, *rest: Any) -> Answer:  # noqa: ANN401  # untyped
        began = time.time()
        answer = await execute(api, stage, *rest)
        for dimensions in ({"ApiName": name_of(api)}, {"ApiName": name_of(api), "Stage": stage}):
            _answered(publisher, answer[0], began, ("4XXError", "5XXError"), dimensions)
        return answer

    return executed


def _measured_http(execute: Execute, publisher: Publisher) -> Execute:
    async def executed(api: str, stage: str, *rest: Any, **more: Any) -> Answer:  # noqa: ANN401  # untyped
        began = time.time()
        answer = await execute(api, stage, *rest, **more)
        for dimensions in ({"ApiId": api}, {"ApiId": api, "Stage": stage}):
            _answered(publisher, answer[0], began, ("4xx", "5xx"), dimensions)
        return answer

    return executed


def _answered(
    publisher: Publisher,
    status: int,
    began: float,
    names: tuple[str, str],
    dimensions: dict[str, str],
) -> None:
    for name, value, unit in (
        ("Count", 1, "Count"),
        (names[0], int(400 <= status < 500), "Count"),  # noqa: PLR2004  # HTTP's
        (names[1], int(status >= 500), "Count"),  # noqa: PLR2004  # HTTP's
        ("Latency", (time.time() - began) * 1000, _MS),
    ):
        publisher.put(Datum("AWS/ApiGateway", name, value, unit, dimensions))


def _measured_tables(handle: Execute, publisher: Publisher) -> Execute:
    async def handling(
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes,
        *rest: Any,  # noqa: ANN401  # untyped
    ) -> Answer:
        began = time.time()
        answer = await handle(method, path, headers, body, *rest)
        _, _, operation = headers.get("x-amz-target", "").partition(".")
        table = _table(body)
        if table and operation:
            _of_table(publisher, table, operation, answer, time.time() - began)
        return answer

    return handling


def _table(body: bytes) -> str:
    try:
        return str(json.loads(body or b"{}").get("TableName", "")).rpartition("/")[2]
    except (ValueError, AttributeError):
        return ""


def _of_table(
    publisher: Publisher, table: str, operation: str, answer: Answer, seconds: float
) -> None:
    def put(name: str, dimensions: dict[str, str], value: float = 1, unit: str = "Count") -> None:
        publisher.put(Datum("AWS/DynamoDB", name, value, unit, dimensions))

    status, whole = int(answer[0]), {"TableName": table}
    own = whole | {"Operation": operation}
    code = _code(answer) if status >= 400 else ""  # noqa: PLR2004  # HTTP's
    if status < 300:  # noqa: PLR2004  # HTTP's
        put("SuccessfulRequestLatency", own, seconds * 1000, _MS)
    elif status >= 500:  # noqa: PLR2004  # HTTP's
        put("SystemErrors", own)
    elif code in {"ProvisionedThroughputExceededException", "ThrottlingException"}:
        reads = operation in {"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"}
        put("ThrottledRequests", own)
        put(f"{'Read' if reads else 'Write'}ThrottleEvents", whole)
    elif code == "ConditionalCheckFailedException":
        put("ConditionalCheckFailedRequests", whole)
    else:
        put("UserErrors", {})


def _code(answer: Answer) -> str:
    try:
        return str(json.loads(answer[2]).get("__type", "")).rpartition("#")[2]
    except (ValueError, AttributeError):
        return ""


def _measured_executions(
    emit: Callable[[dict[str, Any]], None], publisher: Publisher
) -> Callable[[dict[str, Any]], None]:
    names = {
        "RUNNING": "ExecutionsStarted",
        "SUCCEEDED": "ExecutionsSucceeded",
        "FAILED": "ExecutionsFailed",
        "ABORTED": "ExecutionsAborted",
        "TIMED_OUT": "ExecutionsTimedOut",
    }

    def emitting(execution: dict[str, Any]) -> None:
        own = {"StateMachineArn": str(execution["stateMachineArn"])}
        if name := names.get(str(execution["status"])):
            publisher.put(Datum("AWS/States", name, 1, dimensions=own))
        if execution.get("stopDate"):
            began, ended = (_moment(execution[key]) for key in ("startDate", "stopDate"))
            publisher.put(Datum("AWS/States", "ExecutionTime", (ended - began) * 1000, _MS, own))
        emit(execution)

    return emitting


def _moment(value: Any) -> float:  # noqa: ANN401  # a number or ISO 8601
    if isinstance(value, int | float):
        return float(value)
    return datetime.fromisoformat(str(value)).timestamp()
