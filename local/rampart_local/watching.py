"""Notices that files of a project have changed."""

import os
from pathlib import Path

_LEFT_OUT = {"__pycache__", "build", "dist", "node_modules", "venv"}
"""Folders that programs do not read from, besides those whose names begin with a dot."""

Snapshot = dict[str, tuple[int, int]]


class Watcher:
    """Compares a folder with what it was.

    Args:
        folder: of the project.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handled = self._last = _snapshot(folder)

    def settled(self) -> list[str]:
        """Return the files that have changed since the last answer, once they stay the same.

        An editor writes a file in several steps: what changed since the last look still changes.
        """
        now = _snapshot(self._folder)
        if now != self._last or now == self._handled:
            self._last = now
            return []
        before, self._handled = self._handled, now
        return sorted(
            path for path in now.keys() | before.keys() if now.get(path) != before.get(path)
        )


def _snapshot(folder: Path) -> Snapshot:
    found: Snapshot = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if each not in _LEFT_OUT and each[0] != "."]
        for name in files:
            path = f"{place}/{name}"
            try:
                status = os.stat(path)  # noqa: PTH116  # thousands of files, twice a second
            except FileNotFoundError:
                continue
            found[path] = (status.st_mtime_ns, status.st_size)
    return found
