"""Writes the embedded AWS's state as it changes, so that a killed process loses nothing.

ministack writes its state only when it ends in order. Here a service's state is written before a
request that changed it is answered, as long as that takes a few milliseconds; a larger one is
written right afterwards, at most every five times as long as writing it takes. While a stack is
being deployed nothing is written: the deployment ends with a checkpoint, or did not happen.
"""

import asyncio
import re
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast

_AT_ONCE_SECONDS = 0.02
"""Most processor time that is spent on writing a state before the answer."""
_PACE = 5.0
_TICK_SECONDS = 0.1
_OWN_ACCORD_SECONDS = 2.0
"""How often services are written that change without a request, after a function has run."""
_OWN_ACCORD = frozenset({"sqs", "eventbridge", "stepfunctions", "scheduler"})
_LATER = frozenset({"cloudwatch", "cloudwatch_logs"})
"""Written behind the answers: every function writes them all the time."""

_SIGNED_FOR = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_MODULES = {
    "cognito-idp": "cognito",
    "ec2": "ec2",
    "events": "eventbridge",
    "logs": "cloudwatch_logs",
    "monitoring": "cloudwatch",
    "apigateway": "apigateway_v1",
    "states": "stepfunctions",
    "wafv2": "waf",
}
"""Where the name that a request is signed for is not the name of the state's file."""
_READS = re.compile(
    r"\.(BatchGet|Decrypt|Describe|Encrypt|Generate|Get|List|Lookup|Query|Scan|Search|Sign|Verify)"
)
_STATELESS = frozenset({"sts", "execute-api", "s3"})
"""`s3` writes each object by itself; the settings of buckets change in deployments."""


class Keeper:
    """Decides what is written when. All methods but `worked` run in the server's loop.

    Args:
        generation: folder of the state to begin with; what ministack keeps beside its state, code
            and keys, lies in its own STATE_DIR, which all generations share.
    """

    def __init__(self, generation: Path) -> None:
        # Untyped, both; and ministack reads its settings at import.
        self._app = cast("Any", import_module("ministack.app"))
        self._persistence = cast("Any", import_module("ministack.core.persistence"))
        # They keep their own files in the STATE_DIR that they find when they are imported.
        lambda_svc, _ = (
            cast("Any", import_module(f"ministack.services.{name}"))
            for name in ("lambda_svc", "cognito")
        )
        self._persistence.STATE_DIR = str(generation)
        # A deployment that fails needs the code of before; `state.forget_others` prunes.
        lambda_svc._prune_orphan_code_blobs = _nothing_pruned  # noqa: SLF001  # its only seam
        self._keeps = False
        self._dirty: set[str] = set()
        self._cost: dict[str, float] = {}
        self._written: dict[str, float] = {}
        self._active = False
        self.suspend()

    def worked(self) -> None:
        """Note that a function ran: queues and buses may have changed without a request."""
        self._active = True

    def changed(self, service: str) -> None:
        """Note that a service's state has changed without a request."""
        self._dirty.add(service)

    def suspend(self) -> None:
        """Write nothing from now on, not even at the end: a deployment begins."""
        self._keeps, self._app.save_all = False, _not_saved

    def resume(self, folder: Path, *, whole: bool) -> None:
        """Keep the state in a folder from now on.

        Args:
            folder: of one generation of the state.
            whole: whether everything is written into it now.
        """
        self._persistence.STATE_DIR = str(folder)
        self._keeps, self._app.save_all = True, self._persistence.save_all
        self._dirty.clear()
        if whole:
            self._persistence.save_all(self._states())

    async def answered(self, headers: dict[str, str], method: str) -> None:
        """Write what a request changed, before it is answered."""
        signed = _SIGNED_FOR.search(headers.get("authorization", ""))
        name = signed[1] if signed else ""
        service = _MODULES.get(name, name)
        reads = method in {"GET", "HEAD"} or _READS.search(headers.get("x-amz-target", ""))
        if not self._keeps or not service or reads or service in _STATELESS:
            return
        if service not in _LATER and self._cost.get(service, 0.0) <= _AT_ONCE_SECONDS:
            self._write(service)
        else:
            self._dirty.add(service)

    async def watch(self) -> None:
        """Write behind the answers, for ever."""
        own_accord = 0.0
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            now = time.monotonic()
            if self._active and now - own_accord > _OWN_ACCORD_SECONDS:
                self._active, own_accord = False, now
                self._dirty |= _OWN_ACCORD
            for service in sorted(self._dirty) if self._keeps else ():
                if now - self._written.get(service, 0.0) > _PACE * self._cost.get(service, 0.0):
                    self._dirty.discard(service)
                    self._write(service)

    def _write(self, service: str) -> None:
        state = self._states().get(service)
        if state is None:
            return
        # Of the processor: a busy machine has no more work with a small state than another.
        began = time.thread_time()
        self._persistence.save_all({service: state})
        self._written[service] = time.monotonic()
        self._cost[service] = time.thread_time() - began

    def _states(self) -> dict[str, Callable[[], Any]]:
        return self._app._build_persistence_save_dict()  # noqa: SLF001  # its only seam


def _not_saved(_: dict[str, Callable[[], Any]]) -> None:
    """Stand for ministack's own writing at its end, while a deployment is under way."""


def _nothing_pruned(_: set[str]) -> None:
    """Stand for ministack's removal of code that no function has."""


def keeping(application: Any, keeper: Keeper) -> Any:  # noqa: ANN401  # ASGI applications, untyped
    """Wrap an application so that what a request changed is written before it is answered."""

    async def kept(scope: dict[str, Any], receive: object, send: Any) -> None:  # noqa: ANN401  # as above
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        headers = {
            name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]
        }

        async def answer(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                await keeper.answered(headers, scope["method"])
            await send(message)

        await application(scope, receive, answer)

    return kept
