"""One execution environment: a process that serves one invocation at a time."""

import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, cast

from rampart_local.executor.endings import MOST_ANSWERED_BYTES, ended, too_large
from rampart_local.executor.functions import Function, Outcome, failure
from rampart_local.executor.runtime_api import Invocation, RuntimeApi
from rampart_local.executor.variables import Credentials, variables

if TYPE_CHECKING:
    from io import FileIO

# Lambda gives initialization 10 s, then repeats it within the function's timeout; one try with
# both together comes to the same for the caller.
INIT_SECONDS = 10
LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, kw_only=True)
class Host:
    """What all environments of one machine share."""

    endpoint: str
    """Address of the embedded AWS, e.g. `http://127.0.0.1:4566`."""
    packages: Path
    """The runtime client and boto3."""
    folder: Path
    """Where environments keep their temporary files."""
    log: Callable[[str, str], None]
    """Called with a function's name and a line it printed."""


class Environment:
    """A function's process with its Runtime API, temporary folder and log."""

    def __init__(self, function: Function, credentials: Credentials, host: Host) -> None:
        self.function, self.credentials = function, credentials
        self._host = host
        self._api = RuntimeApi()
        self._folder = Path(mkdtemp(dir=host.folder))
        self._lines: list[str] = []
        self._rest = b""
        self._reading = threading.Lock()
        self._process = self._start()
        self._output = cast("FileIO", self._process.stdout)  # an unbuffered pipe: see _start
        os.set_blocking(self._output.fileno(), False)
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._pump, self._watch)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def alive(self) -> bool:
        """Whether it can take another invocation."""
        return self._process.poll() is None and self._api.init_error is None

    def invoke(self, payload: bytes, client_context: str) -> Outcome:
        """Run the handler on one event, within the function's timeout.

        A process that is late, or has ended, is gone afterwards with all its children.
        """
        function = self.function
        if not self._initialized(INIT_SECONDS + function.timeout_seconds):
            return self._ended(INIT_SECONDS + function.timeout_seconds, "init")
        invocation = Invocation(
            payload=payload,
            arn=function.arn,
            deadline_ms=int((time.time() + function.timeout_seconds) * 1000),
            trace=_trace(),
            client_context=client_context,
        )
        self._api.put(invocation)
        answer = self._api.wait_for_answer(
            invocation.id, function.timeout_seconds, lambda: self._process.poll() is not None
        )
        if answer is None:
            return self._ended(function.timeout_seconds, invocation.id)
        failed, body = answer
        if len(body) > MOST_ANSWERED_BYTES:
            return too_large(len(body), self._drained())
        return Outcome(body=body, failed=failed, log=self._drained())

    def kill(self) -> None:
        """End the process and everything it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Leave nothing behind: no process, port, thread or file."""
        self.kill()
        for thread in self._threads:
            thread.join()
        self._output.close()
        self._api.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        function, code, host = self.function, self.function.code, self._host
        # Lambda's order: the code, the layers, what the runtime brings.
        layers = [layer / "python" for layer in reversed(code.layers)]
        import_path = [code.folder, *layers, *([host.packages] if code.isolated else [])]
        ports = [host.endpoint.rsplit(":", 1)[1], str(self._api.port)]
        command = [
            *_interpreter(isolated=code.isolated),
            str(LAUNCHER),
            code.handler,
            os.pathsep.join(str(entry) for entry in import_path),
            *([] if function.egress else [",".join(ports)]),
        ]
        return subprocess.Popen(  # noqa: S603  # our own launcher
            command,
            cwd=code.folder,
            env=variables(
                function,
                self.credentials,
                endpoint=host.endpoint,
                runtime_api=f"127.0.0.1:{self._api.port}",
                folder=self._folder,
            ),
            bufsize=0,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _initialized(self, timeout: float) -> bool:
        def settled() -> bool:
            api = self._api
            return api.ready or api.init_error is not None or self._process.poll() is not None

        with self._api.changed:
            self._api.changed.wait_for(settled, timeout)
        return self._api.ready and self.alive

    def _ended(self, timeout: float, invocation_id: str) -> Outcome:
        """Say why no answer came: initialization failed, the process ended, or time ran out."""
        if self._api.init_error is not None:
            return Outcome(body=self._api.init_error, failed=True, log=self._drained())
        late = self._process.poll() is None
        self.kill()
        status = self._process.wait()
        if late:
            prefix = f"RequestId: {invocation_id} Error: "
            message = f"{prefix}Task timed out after {timeout:.2f} seconds"
            return failure("Sandbox.Timedout", message, self._drained())
        return ended(status, invocation_id, self._drained())

    def _watch(self) -> None:
        """Wake whoever waits for an answer when the process has ended."""
        self._process.wait()
        with self._api.changed:
            self._api.changed.notify_all()

    def _pump(self) -> None:
        """Pass lines on as they come, until the pipe is closed."""
        readable = select.poll()
        readable.register(self._output, select.POLLIN)
        while readable.poll():
            if not self._read():
                return

    def _read(self) -> bool:
        """Read what the pipe holds; False once it is closed."""
        with self._reading:
            while (chunk := self._output.read(65536)) is not None:  # None: nothing there now
                *lines, self._rest = (self._rest + chunk.replace(b"\r", b"\n")).split(b"\n")
                if not chunk and self._rest:
                    lines, self._rest = [self._rest], b""
                for line in lines:
                    text = line.decode(errors="replace")
                    self._lines.append(text)
                    self._host.log(self.function.name, text)
                if not chunk:
                    return False
            return True

    def _drained(self) -> str:
        """Return what was printed since the last invocation, the end of the pipe included."""
        self._read()
        with self._reading:
            lines, self._lines = self._lines, []
        return "\n".join(lines)


def _interpreter(*, isolated: bool) -> list[str]:
    """Choose the Python of the process.

    A zip's has no site-packages at all (-I -S); an image's is the project's, which stands for
    the image's own, and leaves no bytecode in the source folder (-B).
    """
    if not isolated:
        return [sys.executable, "-I", "-u", "-B"]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return [str(Path(sys.base_prefix) / "bin" / version), "-I", "-S", "-u"]


def _trace() -> str:
    """Make a trace header; unsampled, because no X-Ray daemon is there to send segments to."""
    root = f"1-{int(time.time()):08x}-{secrets.token_hex(12)}"
    return f"Root={root};Parent={secrets.token_hex(8)};Sampled=0"
