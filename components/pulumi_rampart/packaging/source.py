"""Which of our files go into a package, and under which names."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging.errors import SourceError

NEVER_SHIPPED = {"__pycache__", "tests"}
_FOR_THE_BUILD = {"requirements.txt", "requirements.lock", "Dockerfile"}


@dataclass(frozen=True)
class ZipSource:
    """The files of one zip function.

    Attributes:
        root: the folder that import paths start from; files keep their path relative to it.
        source: the function's folder, with `requirements.txt` and `requirements.lock` in it.
        include: further folders or files of ours, such as `runtime/shared`. The `__init__.py` of
            all folders above come along by themselves.

    Relative paths count from the root.
    """

    root: Path
    source: Path
    include: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """The function's folder, absolute."""
        return self.root.resolve() / self.source

    @property
    def label(self) -> str:
        """The function's folder as people know it, for messages and file names."""
        return self.folder.name

    def files(self) -> Mapping[str, Path]:
        """Name in the zip -> file.

        Raises:
            SourceError: a folder is missing, empty or outside the root.
        """
        found = files_under(self.root, (self.source, *self.include))
        return {name: file for name, file in found.items() if file.name not in _FOR_THE_BUILD}


def files_under(root: Path, paths: Iterable[Path]) -> dict[str, Path]:
    """All files under the paths, without tests, bytecode and hidden files, by name under the root.

    Raises:
        SourceError: a path is missing, empty or outside the root.
    """
    root = root.resolve()
    found: dict[str, Path] = {}
    for path in (root / path for path in paths):
        if not path.resolve().is_relative_to(root):
            raise SourceError(
                f"{path} lies outside {root}, so it has no import path in the package."
            )
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        chosen = [file for file in files if file.is_file() and _runs(file.relative_to(root))]
        if not chosen:
            raise SourceError(f"{path} has no files to package. Is the path right?")
        above = (folder / "__init__.py" for folder in path.parents if folder.is_relative_to(root))
        for file in (*chosen, *(init for init in above if init.is_file())):
            found[file.relative_to(root).as_posix()] = file
    return found


def fingerprint(parts: Iterable[str], files: Mapping[str, Path]) -> str:
    """Hex SHA-256 of words and of named contents; neither times, modes nor order count."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{part}\0".encode())
    for name in sorted(files):
        content = hashlib.sha256(files[name].read_bytes()).hexdigest()
        total.update(f"{name}\0{content}\0".encode())
    return total.hexdigest()


def _runs(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.suffix != ".pyc" and not NEVER_SHIPPED.intersection(name.parts)
