"""Keeps a stack from running twice."""

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

_ENDING_SECONDS = 20.0
"""How long the embedded AWS of a command that was killed may take to write its state and end."""


@contextmanager
def locked(folder: Path) -> Generator[int]:
    """Hold a stack's lock; the embedded AWS inherits it, should this process be killed.

    Raises:
        RuntimeError: it runs already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as file:
        deadline = time.monotonic() + _ENDING_SECONDS
        while not _taken(file):
            if _alive(file) or time.monotonic() > deadline:
                raise RuntimeError(f"This stack is already running (from {folder}).")
            time.sleep(0.1)
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def is_running(folder: Path) -> bool:
    """Tell whether somebody holds a stack's lock."""
    if not (folder / "lock").exists():
        return False
    with (folder / "lock").open("a+") as file:
        return not _taken(file)


def _taken(file: TextIO) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _alive(file: TextIO) -> bool:
    """Tell whether the process that took the lock still runs; what it started may end after it."""
    file.seek(0)
    holder = file.read().strip()
    if not holder.isdigit():
        return True
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
