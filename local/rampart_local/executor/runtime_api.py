"""The Lambda Runtime API of one execution environment.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import http.client
import json
import queue
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The client describes an error in one header, and a recursion has a thousand frames: Go's servers,
# as AWS's is, take a megabyte; this one answers 431 above 64 KB, which ends the client.
http.client._MAXLINE = 1 << 20  # noqa: SLF001  # pyright: ignore[reportAttributeAccessIssue]  # it has no setting

_PREFIX = "/2018-06-01/runtime"


@dataclass(frozen=True, kw_only=True)
class Invocation:
    """One event on its way to a handler."""

    payload: bytes
    arn: str
    deadline_ms: int
    trace: str
    client_context: str
    """What the caller handed over beside the event, as JSON; empty when nothing."""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


class RuntimeApi:
    """Hands invocations to one runtime client and takes its answers.

    One server per environment, because the client is told a host and a port only.
    """

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[Invocation | None] = queue.SimpleQueue()
        self._answers: dict[str, tuple[bool, bytes]] = {}
        self.changed = threading.Condition()
        """Notified when the client asks for work, answers or fails to initialize."""
        self.ready = False
        self.init_error: bytes | None = None
        api = self

        class Handler(_Handler):
            runtime = api

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def put(self, invocation: Invocation) -> None:
        """Let the client's next poll return this invocation."""
        self._inbox.put(invocation)

    def wait_for_answer(
        self, invocation_id: str, seconds: float, ended: Callable[[], bool]
    ) -> tuple[bool, bytes] | None:
        """Take the answer as (failed, body); None if time ran out or the process `ended` first."""
        with self.changed:
            self.changed.wait_for(lambda: invocation_id in self._answers or ended(), seconds)
            return self._answers.pop(invocation_id, None)

    def close(self) -> None:
        """Release the port; a poll under way ends without an answer."""
        self._inbox.put(None)
        self._server.shutdown()
        self._server.server_close()

    def next(self) -> Invocation | None:
        """Wait for work; None when the environment is closing."""
        with self.changed:
            self.ready = True
            self.changed.notify_all()
        return self._inbox.get()

    def post(self, path: str, body: bytes) -> None:
        """Take what the client posts: an initialization error, a response or an error."""
        with self.changed:
            if path == f"{_PREFIX}/init/error":
                self.init_error = body
            else:
                invocation_id, kind = path.rsplit("/", 2)[-2:]
                self._answers[invocation_id] = (kind == "error", body)
            self.changed.notify_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: a killed process drops its connection in the middle of a poll."""


class _Handler(BaseHTTPRequestHandler):
    runtime: RuntimeApi
    protocol_version = "HTTP/1.1"
    # Nagle's algorithm and the client's delayed ACK would add 88 ms to every invocation.
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:  # http.server's name
        if self.path != f"{_PREFIX}/invocation/next":
            self._send(404, b"", {})
            return
        invocation = self.runtime.next()
        if invocation is None:
            self.close_connection = True
            return
        headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": invocation.id,
            "Lambda-Runtime-Deadline-Ms": str(invocation.deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": invocation.arn,
            "Lambda-Runtime-Trace-Id": invocation.trace,
        }
        if invocation.client_context:
            headers["Lambda-Runtime-Client-Context"] = invocation.client_context
        self._send(200, invocation.payload, headers)

    def do_POST(self) -> None:  # http.server's name
        body = self._body()
        self._send(202, json.dumps({"status": "OK"}).encode(), {"Content-Type": "application/json"})
        self.runtime.post(self.path, body)

    def _body(self) -> bytes:
        """Read the request; the client sends large answers in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks: list[bytes] = []
        while size := int(self.rfile.readline().strip() or b"0", 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
        """Say nothing: the function's own log tells what happened."""
