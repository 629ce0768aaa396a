"""Starts the programs that Pulumi's tools talk to: each prints the port on which it listens."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, cast

import grpc

from pulumi_rampart.testing.callbacks import CHANNEL

START_SECONDS = 60.0  # importing large SDKs takes seconds where nothing is compiled yet
_KEPT_LINES = 40  # of what a failing program printed last


class ServingError(Exception):
    """A provider or language host did not start."""


class Serving:
    """A running provider or language host.

    Args:
        command: starts it.
        folder: where it runs.
        what: for messages, e.g. "The provider of package 'eks'".
        environment: in addition to this process's.

    Raises:
        ServingError: it did not print its port in time; the message has what it printed.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path | None,
        what: str,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # the tool that the program asks for
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.said: list[str] = []
        """What it has printed, line by line."""
        port = self._port(what)
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=CHANNEL)

    def stop(self) -> None:
        """End the process and whatever it started."""
        self.channel.close()
        _end(self._process)

    def last_said(self) -> str:
        """Return the last lines that it printed, for messages."""
        return "\n".join(self.said[-_KEPT_LINES:]).strip() or "nothing"

    def _port(self, what: str) -> int:
        """Read the first line, and keep the pipes empty from then on."""
        watch = threading.Timer(START_SECONDS, _end, [self._process])
        watch.start()
        out, errors = cast("IO[str]", self._process.stdout), cast("IO[str]", self._process.stderr)
        listener = threading.Thread(target=self._drain, args=[errors], daemon=True)
        listener.start()
        line = out.readline().strip()
        watch.cancel()
        if not line.isdigit():
            _end(self._process)
            listener.join()
            self.said.insert(0, line)
            raise ServingError(
                f"{what} did not print its port within {START_SECONDS:.0f} s. It printed: "
                f"{self.last_said()}"
            )
        threading.Thread(target=self._drain, args=[out], daemon=True).start()
        return int(line)

    def _drain(self, pipe: IO[str]) -> None:
        for line in pipe:
            self.said.append(line.rstrip())


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
