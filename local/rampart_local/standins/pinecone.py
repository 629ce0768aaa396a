"""A stand-in for Pinecone on this machine: its real client talks to it over loopback HTTP."""

import secrets
import socket
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from rampart_local.keep_alive import KEEP_ALIVE_SECONDS
from rampart_local.standins.pinecone_api import application
from rampart_local.standins.pinecone_store import Index, load, save

START_TIMEOUT_SECONDS = 10.0


class PineconeStandin:
    """A server on an ephemeral port; with a `folder`, its vectors and its key outlive it.

    Example:
        with PineconeStandin() as service:
            client = Pinecone(api_key=service.api_key, host=service.url)
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Prepare; nothing runs before `start`."""
        self._folder = folder
        self._indexes: dict[str, Index] = {}
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self.api_key = ""

    def start(self) -> None:
        """Load what was kept and serve it (20 ms)."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._indexes = load(self._folder / "vectors.npz")
        self.api_key = self._kept_key()
        listener = self._listener()
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            application(self._indexes, self.api_key),
            log_level="warning",
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, args=([listener],), name="pinecone-standin", daemon=True
        )
        self._server, self._thread = server, thread
        thread.start()
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                self.stop()
                raise RuntimeError("the Pinecone stand-in did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop serving and keep the vectors; a second call does nothing."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
            if self._folder:
                save(self._indexes, self._folder / "vectors.npz")
        self._server = self._thread = None

    @property
    def url(self) -> str:
        """Address of the control plane; valid while the server runs."""
        return f"http://127.0.0.1:{self._port}"

    def values(self) -> Mapping[str, str]:
        """Return what a program needs to use this instead of the service; the key is a secret."""
        return {"url": self.url, "api_key": self.api_key}

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server, whatever happened."""
        self.stop()

    def _kept_key(self) -> str:
        file = self._folder / "api-key.secret" if self._folder else None
        if file and file.exists():
            return file.read_text()
        key = f"pcsk_{secrets.token_urlsafe(32)}"
        if file:
            file.touch(mode=0o600)
            file.write_text(key)
        return key

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
