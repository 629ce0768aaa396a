"""Runs a program in a process of its own and carries what it prints to the recording."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from pulumi_rampart.testing.recording import Recording

_KEPT_LINES = 40  # of what a failing program printed last

TIMEOUT_SECONDS = 300.0
"""How long a program may run unless its host says otherwise."""


class ProgramError(Exception):
    """A program in a process of its own failed; the message is what it said."""


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    recording: Recording,
    timeout_seconds: float,
) -> None:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: in addition to this process's.
        recording: gets each printed line as a message, as the engine shows them.
        timeout_seconds: when it is ended, with all that it started.

    Raises:
        ProgramError: it failed, or took too long.
    """
    process = subprocess.Popen(  # noqa: S603  # the interpreter and the program to record
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    said: list[str] = []

    def listen() -> None:
        for line in cast("IO[str]", process.stdout):
            said.append(line.rstrip("\n"))
            recording.engine.say("info", said[-1], recording.run.root)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        code = process.wait(timeout=timeout_seconds)
    except subprocess.TimeoutExpired:
        raise ProgramError(
            f"{command[0]} in {folder} did not end within {timeout_seconds:.0f} s. "
            f"It printed last: {_last(said)}"
        ) from recording.failure
    finally:
        _end(process)
        listener.join()
    if code:
        errors = [one.message for one in recording.engine.lines if one.severity == "error"]
        reason = "\n".join(errors) or _last(said)
        raise ProgramError(f"{command[0]} in {folder} ended with {code}: {reason}") from (
            recording.failure
        )


def _last(said: Sequence[str]) -> str:
    return "\n".join(said[-_KEPT_LINES:]).strip() or "nothing"


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
