"""A stand-in for Pinecone on this machine: its real client talks to it over loopback HTTP."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from rampart_local.standins.pinecone_api import application
from rampart_local.standins.pinecone_store import Index, load, save
from rampart_local.standins.web_server import WebServer, kept_key


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
        self._server = WebServer("Pinecone", folder)
        self.api_key = ""

    def start(self) -> None:
        """Load what was kept and serve it (20 ms)."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._indexes = load(self._folder / "vectors.npz")
        self.api_key = kept_key(self._folder, "pcsk_")
        self._server.start(application(self._indexes, self.api_key))

    def stop(self) -> None:
        """Stop serving and keep the vectors; a second call does nothing."""
        if self._server.stop() and self._folder:
            save(self._indexes, self._folder / "vectors.npz")

    @property
    def url(self) -> str:
        """Address of the control plane; valid while the server runs."""
        return self._server.url

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
