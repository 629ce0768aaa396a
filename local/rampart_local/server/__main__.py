"""The embedded AWS: `python -m rampart_local.server SETTINGS`, started by process.py.

Standard input: one JSON message a line; its end means stop. Standard output: one JSON pair a line,
a function's name and a line it printed; or the number of a message and why it
failed, empty when it was obeyed. Standard error:
warnings.
"""

import asyncio
import json
import os
import shutil
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from hypercorn.config import Config

from rampart_local.clients import Clients
from rampart_local.deliveries.event_targets import EventTargets
from rampart_local.deliveries.table_streams import TableStreams
from rampart_local.executor import gateway
from rampart_local.executor.functions import Invoked, Placement
from rampart_local.executor.pool import Limits
from rampart_local.executor.seam import Executor
from rampart_local.keep_alive import KEEP_ALIVE_SECONDS
from rampart_local.metrics import published
from rampart_local.metrics.evaluating import Evaluator
from rampart_local.metrics.publisher import Publisher
from rampart_local.server import encryption_context
from rampart_local.server.keeping import Keeper, keeping

# The X-Ray SDK of every function leaves an empty marker file in this folder.
_XRAY_MARKER = Path("/tmp/.aws-xray")  # noqa: S108  # the SDK's own choice


def main() -> None:
    """Serve until standard input ends."""
    settings: dict[str, Any] = json.loads(sys.argv[1])
    marker_is_ours = not _XRAY_MARKER.exists()
    lines = _Lines()
    executor = Executor(
        clients=Clients(settings["endpoint"], settings["region"], settings["account"]),
        folder=Path(settings["folder"]) / "functions",
        log=lines.write,
        limits=Limits(**settings["limits"]),
    )
    asyncio.run(_serve(executor, settings["endpoint"], Path(settings["generation"]), lines))
    if marker_is_ours:
        shutil.rmtree(_XRAY_MARKER, ignore_errors=True)
    # ministack's worker threads are not meant to be joined; its state is saved by now.
    os._exit(0)


async def _serve(executor: Executor, endpoint: str, generation: Path, lines: "_Lines") -> None:
    keeper = Keeper(generation)
    # Untyped, both; and ministack reads its settings at import.
    application = _as_if_over_tls(keeping(import_module("ministack.app").app, keeper))
    serve = cast("Any", import_module("hypercorn.asyncio")).serve
    publisher = Publisher()
    evaluator = Evaluator(publisher, keeper.changed)

    def worked(invoked: Invoked) -> None:
        keeper.worked()
        published.publish(publisher, invoked)

    executor.install(worked)
    gateway.install()
    encryption_context.install()
    published.install(publisher)
    EventTargets(publisher).install()
    TableStreams().install()
    evaluator.install()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    obedience = _Obedience(executor, keeper, lines, loop)

    def listen() -> None:
        for line in sys.stdin:
            obedience.obey(json.loads(line))
        # First the functions: whoever waits for one gets an answer, and connections can close.
        executor.close()
        loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=listen, daemon=True).start()
    watching = [asyncio.create_task(each.watch()) for each in (keeper, evaluator)]
    config = Config()
    config.bind = [endpoint.removeprefix("http://")]
    config.loglevel = "WARNING"
    config.graceful_timeout = 1
    config.keep_alive_timeout = KEEP_ALIVE_SECONDS
    # The lifespan's shutdown saves the state.
    await serve(application, config, shutdown_trigger=stopped.wait)
    for each in watching:
        each.cancel()


class _Obedience:
    """Does what messages say, one after the other; one that fails does not end the listening."""

    def __init__(
        self,
        executor: Executor,
        keeper: Keeper,
        lines: "_Lines",
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._executor, self._keeper, self._lines, self._loop = executor, keeper, lines, loop

    def obey(self, message: dict[str, Any]) -> None:
        try:
            self._do(message)
        except Exception:  # noqa: BLE001  # whatever it is: told, and the next message is heard
            traceback.print_exc()
            self._lines.obeyed(message["number"], failed=traceback.format_exc(limit=-1))
        else:
            self._lines.obeyed(message["number"], failed="")

    def _do(self, message: dict[str, Any]) -> None:
        match message["do"]:
            case "open":
                self._executor.open(Placement(**each) for each in message["placements"])
            case "warm":
                self._executor.warm()
            case "suspend":
                self._in_loop(self._keeper.suspend)
            case "resume":
                folder, whole = Path(message["folder"]), bool(message["whole"])
                self._in_loop(lambda: self._keeper.resume(folder, whole=whole))
            case other:
                raise ValueError(f"no message {other!r}")

    def _in_loop(self, work: Callable[[], None]) -> None:
        """Work where no request is half-way through a change."""

        async def working() -> None:
            work()

        asyncio.run_coroutine_threadsafe(working(), self._loop).result()


def _as_if_over_tls(application: Any) -> Any:  # noqa: ANN401  # ASGI applications, untyped
    """Count requests on loopback as encrypted, or policies that demand TLS would deny them all."""

    async def application_over_tls(scope: dict[str, Any], receive: object, send: object) -> None:
        if scope["type"] == "http":
            scope = gateway.as_sent(scope) | {"scheme": "https"}
        await application(scope, receive, send)

    return application_over_tls


class _Lines:
    """Writes log lines of many threads to the real standard output, one at a time."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w")
        self._lock = threading.Lock()
        # Whatever else is printed in this process goes to the log file.
        os.dup2(2, 1)

    def write(self, function: str, line: str) -> None:
        self._put([function, line])

    def obeyed(self, number: int, *, failed: str) -> None:
        self._put({"number": number, "failed": failed})

    def _put(self, value: object) -> None:
        with self._lock:
            self._out.write(json.dumps(value) + "\n")
            self._out.flush()


if __name__ == "__main__":
    main()
