"""A stand-in that speaks HTTP: an ASGI application served on this machine, in a thread."""

import secrets
import socket
import threading
import time
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from rampart_local.keep_alive import KEEP_ALIVE_SECONDS

START_TIMEOUT_SECONDS = 10.0


class WebServer:
    """Serves on 127.0.0.1; with a `folder`, on the port of the last run if it is free."""

    def __init__(self, name: str, folder: Path | None) -> None:
        """Prepare; nothing runs before `start`. `name` is what messages call it."""
        self._name, self._folder = name, folder
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Its address; valid while it runs."""
        return f"http://127.0.0.1:{self._port}"

    def start(self, application: ASGIApp) -> None:
        """Serve the application; return when it answers (20 ms).

        Raises:
            RuntimeError: it did not start.
        """
        listener = self._listener()
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            application,
            log_level="warning",
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, args=([listener],), name=f"{self._name}-standin", daemon=True
        )
        self._server, self._thread = server, thread
        thread.start()
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                self.stop()
                raise RuntimeError(f"the stand-in for {self._name} did not start")
            time.sleep(0.005)

    def stop(self) -> bool:
        """Stop serving; tells whether it did serve."""
        served = self._server is not None
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._server = self._thread = None
        return served

    def _listener(self) -> socket.socket:
        """Listen where the last run did, so that nothing has to be deployed anew; else anywhere."""
        file = self._folder / "port" if self._folder else None
        ports = [int(file.read_text())] if file and file.exists() else []
        for port in (*ports, 0):
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                listener.close()
                continue
            if file:
                file.write_text(str(listener.getsockname()[1]))
            return listener
        raise RuntimeError("no port is free on 127.0.0.1")


def kept_key(folder: Path | None, prefix: str) -> str:
    """Return the API key that the last run had in this folder, else a new one."""
    file = folder / "api-key.secret" if folder else None
    if file and file.exists():
        return file.read_text()
    key = f"{prefix}{secrets.token_urlsafe(32)}"
    if file:
        file.touch(mode=0o600)
        file.write_text(key)
    return key
