"""Starts, steers and stops the process of the embedded AWS.

A process of its own, because ministack reads its settings at import and keeps its stores in module
globals: so one program can hold several clouds, one after the other or side by side.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from rampart_local.executor.functions import Placement
from rampart_local.executor.pool import Limits
from rampart_local.state import SHARED

_START_SECONDS = 30
_STOP_SECONDS = 10
_OBEY_SECONDS = 60
"""A checkpoint of a large stack takes seconds."""
_ROOT = Path(__file__).parents[2]


class AwsServer:
    """The embedded AWS of one stack, on loopback only.

    Args:
        folder: where everything that must survive a restart is kept.
        generation: which state in that folder it starts with.
        region: e.g. `eu-central-1`.
        account: twelve digits.
        port: taken if it is free, else another one is chosen.
        limits: how many function processes may run.
        log: called with a function's name and a line it printed, from another thread.
        lock: a file descriptor that stays open as long as the process runs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        generation: str = "state-0",
        region: str,
        account: str,
        log: Callable[[str, str], None],
        port: int | None = None,
        limits: Limits | None = None,
        lock: int | None = None,
    ) -> None:
        self.port = _free_port(port)
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self._folder, self._log, self._lock = folder, log, lock
        self._obeyed = threading.Condition()
        self._answers_to: dict[int, str] = {}
        self._sent = 0
        self._ended = False
        self.suspended = True
        """Whether what changes now would be lost: a deployment is under way."""
        self._settings = {
            "folder": str(folder),
            "generation": str(folder / generation),
            "endpoint": self.endpoint,
            "region": region,
            "account": account,
            "limits": asdict(limits or Limits()),
        }
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it did not come up; the message has the end of its log.
        """
        self._ended, self.suspended = False, True
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / "tmp"
        temporary.mkdir(exist_ok=True)
        with (self._folder / "aws.log").open("w") as errors:
            self._process = subprocess.Popen(  # noqa: S603  # this very package
                [sys.executable, "-m", "rampart_local.server", json.dumps(self._settings)],
                cwd=_ROOT,
                env=self._environment(temporary),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                pass_fds=() if self._lock is None else (self._lock,),
                text=True,
                errors="replace",
                # Ctrl-C is for us; we then tell it to stop, so that it can save its state.
                start_new_session=True,
            )
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                tail = (self._folder / "aws.log").read_text()[-2000:]
                raise RuntimeError(f"The embedded AWS did not start.\n{tail}")
            time.sleep(0.02)

    def open(self, placements: Iterable[Placement], *, warm: bool = False) -> None:
        """Let functions run; invocations that came before have waited.

        Args:
            placements: what the graph says about the functions.
            warm: start an environment of every image function at once, as provisioned concurrency
                does.
        """
        self._send("open", placements=[asdict(each) for each in placements])
        if warm:
            self._send("warm")

    def suspend(self) -> None:
        """Keep nothing from now on, not even at the end: a deployment begins.

        So it starts, too.
        """
        self._wait_for(self._send("suspend"))
        self.suspended = True

    def restart(self, generation: str) -> None:
        """End without keeping anything and start again from a generation of the state."""
        self.stop()
        self._settings["generation"] = str(self._folder / generation)
        self.start()

    def resume(self, generation: str, *, whole: bool) -> None:
        """Keep every change from now on, in this generation of the state.

        Args:
            generation: name of its folder.
            whole: write everything now: the checkpoint at the end of a deployment. Otherwise it is
                the generation that was started with, and nothing has changed since.
        """
        folder = self._folder / generation
        self._wait_for(self._send("resume", folder=str(folder), whole=whole))
        self.suspended = False

    def stop(self) -> bool:
        """End every function process, save the state and stop; the port is free afterwards.

        Returns:
            Whether it ended in order, so that its state can be relied on.
        """
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return False
        with suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader:
            self._reader.join()
        if process.stdout:
            process.stdout.close()
        return process.returncode == 0

    def _environment(self, temporary: Path) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "PYTHONPATH": str(_ROOT),
            "TMPDIR": str(temporary),
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_ACCOUNT_ID": str(self._settings["account"]),
            "MINISTACK_REGION": str(self._settings["region"]),
            "AWS_DEFAULT_REGION": str(self._settings["region"]),
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self._folder / SHARED),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self._folder / "s3"),
            # Our pool lets work wait; ministack would answer 429 and lose asynchronous events.
            "LAMBDA_ACCOUNT_CONCURRENCY": "0",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
        }

    def _send(self, what: str, **more: object) -> int:
        if self._process is None or self._process.stdin is None:
            raise RuntimeError("the embedded AWS is not running")
        self._sent += 1
        message = {"do": what, "number": self._sent, **more}
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()
        return self._sent

    def _wait_for(self, number: int) -> None:
        """Wait until a message was obeyed.

        Raises:
            RuntimeError: it failed, or the process has ended.
        """
        with self._obeyed:
            self._obeyed.wait_for(lambda: number in self._answers_to or self._ended, _OBEY_SECONDS)
            failed = self._answers_to.pop(number, "it did not answer")
        if failed:
            raise RuntimeError(f"The embedded AWS could not do what it was told: {failed}")

    def _read(self, process: "subprocess.Popen[str]") -> None:
        for line in cast("Iterable[str]", process.stdout):
            read: list[str] | dict[str, Any] = json.loads(line)
            if isinstance(read, list):
                self._log(read[0], read[1])
                continue
            with self._obeyed:
                self._answers_to[read["number"]] = read["failed"]
                self._obeyed.notify_all()
        with self._obeyed:
            self._ended = True
            self._obeyed.notify_all()

    def _answers(self) -> bool:
        try:
            # Our own address on loopback.
            with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=1):  # noqa: S310
                return True
        except OSError:
            return False


def _free_port(preferred: int | None) -> int:
    """Take the preferred port if nobody listens there, so that addresses stay the same."""
    for port in (preferred or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise RuntimeError("this machine has no free port on 127.0.0.1")
