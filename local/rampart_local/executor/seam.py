"""The one place that reaches into ministack: its functions are run by our pool.

ministack's own Python worker leaks the host's environment, loses error types and starts as many
processes as there are events. A function with the variable MINISTACK_LAMBDA_PROXY_URL is handed to
the private `lambda_svc._execute_function_proxy` instead, zip or image, and that function is
replaced here. ministack drops the client context of an invocation, so its handler of requests is
wrapped to keep it. tests/local/executor/test_seam.py holds what this relies on.
"""

import base64
import json
import threading
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from botocore.exceptions import ClientError

from rampart_local.clients import Clients
from rampart_local.executor.batches import settled, source_of
from rampart_local.executor.code import image_code, unpacked, zip_code
from rampart_local.executor.environment import Environment, Host
from rampart_local.executor.functions import (
    Code,
    Function,
    Invoked,
    Outcome,
    Placement,
    failure,
)
from rampart_local.executor.packages import link_runtime_packages
from rampart_local.executor.pool import Limits, Pool
from rampart_local.executor.requests import refused
from rampart_local.executor.variables import assume

PROXY_VARIABLE = "MINISTACK_LAMBDA_PROXY_URL"
"""Every function must carry it, or ministack runs the function itself."""
PROXY_VALUE = "http://executor"
EXECUTE = "_execute_function_proxy"
"""(record, event, url, request id) -> {"body", "log", and "error" if it failed}."""
CALLER = "_request_access_key"
"""The context variable with the access key of whoever invokes; empty for event sources."""
HANDLE = "handle_request"
"""(method, path, headers, body, query) -> answer, for every request to Lambda."""
MAPPINGS = "_esms"
"""The event source mappings, by their UUIDs."""
CLIENT_CONTEXT = "x-amz-client-context"
"""A header in base64 of up to 3,583 bytes, in which our functions hand over correlation ids."""

_client_context: ContextVar[str] = ContextVar("client_context", default="")


class Executor:
    """Runs what ministack hands over.

    Args:
        clients: of the embedded AWS.
        folder: where unpacked code, runtime packages and temporary files lie.
        log: called with a function's name and a line it printed.
        limits: how many processes may run.
    """

    def __init__(
        self,
        *,
        clients: Clients,
        folder: Path,
        log: Callable[[str, str], None],
        limits: Limits,
    ) -> None:
        self._code = folder / "code"
        temporary = folder / "environments"
        for each in (self._code, temporary):
            each.mkdir(parents=True, exist_ok=True)
        self._host = Host(
            endpoint=clients.endpoint,
            packages=link_runtime_packages(folder / "runtime"),
            folder=temporary,
            log=log,
        )
        self._clients = clients
        self._layers: dict[str, Path] = {}
        self._pool = Pool(self._environment, limits)
        self._placements: dict[str, Placement] = {}
        self._opened = threading.Event()

    def install(self, worked: Callable[[Invoked], None] = lambda _: None) -> None:
        """Make ministack call this executor.

        Args:
            worked: called after each invocation.
        """
        # Imported only now: ministack reads its settings at import.
        lambda_svc = cast("Any", import_module("ministack.services.lambda_svc"))

        def execute(
            record: dict[str, Any], event: object, _url: str, _request_id: str
        ) -> dict[str, Any]:
            caller = getattr(lambda_svc, CALLER).get()
            self._opened.wait()
            began = time.time()
            outcome = self.execute(record, event, caller, _client_context.get())
            config: dict[str, Any] = record.get("config") or record
            worked(Invoked(arn=config["FunctionArn"], began=began, outcome=outcome))
            if _reports_items(lambda_svc, record, source_of(event)):
                outcome = settled(cast("dict[str, Any]", event), outcome)
            return _as_ministack(outcome)

        setattr(lambda_svc, EXECUTE, execute)
        setattr(lambda_svc, HANDLE, keeping_client_context(getattr(lambda_svc, HANDLE)))

    def open(self, placements: Iterable[Placement]) -> None:
        """Let invocations through: those that came while the stack was deployed have waited."""
        self._placements = {each.name: each for each in placements}
        self._opened.set()

    def warm(self) -> None:
        """Start an environment of every image function: loading their libraries takes seconds."""
        for placement in self._placements.values():
            if placement.image_folder:
                found = self._clients.lambda_.get_function_configuration(
                    FunctionName=placement.name
                )
                self._pool.warm(self._function({"config": found}))

    def execute(
        self, record: dict[str, Any], event: object, caller: str, client_context: str
    ) -> Outcome:
        """Run a function as ministack recorded it."""
        self._opened.wait()
        try:
            function, payload = self._function(record), json.dumps(event).encode()
            return self._pool.invoke(function, payload, caller, client_context)
        except ClientError as error:
            # As Lambda words it when it cannot take the role.
            return failure("AccessDeniedException", f"cannot assume the function's role: {error}")

    def close(self) -> None:
        """End every process."""
        self._pool.close()
        self._opened.set()

    def _environment(self, function: Function) -> Environment:
        return Environment(function, assume(self._clients.sts, function), self._host)

    def _function(self, record: dict[str, Any]) -> Function:
        config: dict[str, Any] = record.get("config") or record
        name = config["FunctionName"]
        placement = self._placements.get(name) or Placement(name=name, egress=True)
        environment: dict[str, dict[str, str]] = config.get("Environment") or {}
        logging: dict[str, str] = config.get("LoggingConfig") or {}
        return Function(
            name=name,
            arn=config["FunctionArn"],
            version=config.get("Version", "$LATEST"),
            code=self._code_of(record, config, placement),
            variables={
                k: v for k, v in environment.get("Variables", {}).items() if k != PROXY_VARIABLE
            },
            role_arn=config["Role"],
            timeout_seconds=int(config.get("Timeout") or 3),
            memory_mib=int(config.get("MemorySize") or 128),
            runtime=config.get("Runtime") or "python3.13",
            log_format=logging.get("LogFormat", "Text"),
            log_level=logging.get("ApplicationLogLevel", ""),
            log_group=logging.get("LogGroup", f"/aws/lambda/{name}"),
            egress=placement.egress,
            reserved_concurrency=placement.reserved_concurrency,
        )

    def _code_of(
        self, record: dict[str, Any], config: dict[str, Any], placement: Placement
    ) -> Code:
        if placement.image_folder and placement.image_handler:
            image = str(config.get("ImageUri") or config.get("CodeSha256"))
            return image_code(Path(placement.image_folder), placement.image_handler, image)
        attached: list[dict[str, str]] = config.get("Layers") or []
        layers = tuple(self._layer(each["Arn"]) for each in attached)
        return zip_code(record["code_zip"], config["Handler"], layers, self._code)

    def _layer(self, arn: str) -> Path:
        """Unpack a layer version, which never changes, so once."""
        if arn not in self._layers:
            found = self._clients.lambda_.get_layer_version_by_arn(Arn=arn)
            address = found["Content"].get("Location", "")
            with urllib.request.urlopen(address) as response:  # noqa: S310  # the embedded AWS's
                self._layers[arn] = unpacked(response.read(), self._code)
        return self._layers[arn]


def _reports_items(lambda_svc: Any, record: dict[str, Any], source: str) -> bool:  # noqa: ANN401  # untyped
    """Tell whether an event is a batch of a mapping that reports which items failed."""
    if not source:
        return False
    config: dict[str, Any] = record.get("config") or record
    return any(
        mapping.get("EventSourceArn") == source
        and config["FunctionName"] in str(mapping.get("FunctionArn"))
        and "ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or [])
        for mapping in getattr(lambda_svc, MAPPINGS).values()
    )


def keeping_client_context(
    handle: Callable[..., Awaitable[tuple[Any, ...]]],
) -> Callable[..., Awaitable[tuple[Any, ...]]]:
    """Wrap ministack's handler of requests to Lambda so that `execute` knows their context."""

    async def handling(
        method: str, path: str, headers: Mapping[str, str], *rest: object
    ) -> tuple[Any, ...]:
        body = rest[0] if rest else b""
        if refusal := refused(method, path, headers, cast("bytes", body)):
            return refusal
        sent = base64.b64decode(headers.get(CLIENT_CONTEXT, ""))
        # Written anew, it is one line of ASCII, as a header of the Runtime API must be.
        _client_context.set(json.dumps(json.loads(sent)) if sent else "")
        return await handle(method, path, headers, *rest)

    return handling


def _as_ministack(outcome: Outcome) -> dict[str, Any]:
    """Word an outcome as ministack's own executors do."""
    result = {"body": json.loads(outcome.body or b"null"), "log": outcome.log}
    return result | ({"error": True} if outcome.failed else {})
