"""Walks folders of ours: what is shipped, and what work leaves behind and nobody means to ship."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pulumi_rampart.packaging.errors import SourceError

_LEFT_BEHIND = {"__pycache__", "__pypackages__", "node_modules", "tests"}
# Files that mark a folder as made by a tool: an environment of venv, virtualenv or conda, a cache
# (https://bford.info/cachedir/).
_MARKS = ("pyvenv.cfg", "conda-meta", "CACHEDIR.TAG")


def files_under(root: Path, paths: Iterable[Path]) -> dict[str, Path]:
    """All files of the paths, by name below the root; links are followed.

    Left out, unless a path names it: hidden files, tests, bytecode, virtual environments, caches,
    `node_modules`.

    Raises:
        SourceError: a path is missing, empty or outside the root, a link leads nowhere or in a
            circle, something is neither file nor folder, or a name is not UTF-8.
    """
    root = absolute(root)
    found: dict[str, Path] = {}
    for path in paths:
        below = name_below(root, path)
        files = dict(_files(root / below, below.as_posix()))
        if not files:
            raise SourceError(f"{root / below} has no files to package. Is the path right?")
        above = ((folder / "__init__.py").as_posix() for folder in below.parents)
        packages = {name: root / name for name in above if (root / name).is_file()}
        found |= files | packages
    return found


def name_below(root: Path, path: Path) -> Path:
    """Return the path relative to the root; a linked folder counts where its link lies.

    Raises:
        SourceError: it lies outside.
    """
    for whole in (absolute, Path.resolve):
        top, inner = whole(root), whole(root / path)
        if inner.is_relative_to(top):
            return inner.relative_to(top)
    raise SourceError(
        f"{absolute(root / path)} lies outside {absolute(root)}, so it has no import path in the "
        "package."
    )


def absolute(path: Path) -> Path:
    """Return the path from the top and without `..`; links stay as they are named."""
    return Path(os.path.normpath(path.absolute()))


def folders_under(folder: Path) -> Iterator[Path]:
    """List the folder and those below it that people wrote, sorted; links are not followed."""
    yield folder
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False) and not _left_out(entry):
            yield from folders_under(Path(entry.path))


def _files(path: Path, name: str) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield _utf8(path, name), path
    elif path.is_dir():
        yield from _walk(path, "" if name == "." else f"{name}/", ())


def _walk(folder: Path, prefix: str, above: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    real = Path(os.path.realpath(folder))
    if real in above:
        raise SourceError(
            f"{folder} is a link to {real}, a folder that it lies in; it would never end. "
            "Remove the link."
        )
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if _left_out(entry):
            continue
        path, name = Path(entry.path), f"{prefix}{entry.name}"
        if path.is_dir():
            yield from _walk(path, f"{name}/", (*above, real))
        elif path.is_file():
            yield _utf8(path, name), path
        elif entry.is_symlink():
            raise SourceError(
                f"{path} is a link to {path.readlink()}, which is not there. Mend or remove it."
            )
        else:
            raise SourceError(f"{path} is neither a file nor a folder. Remove it.")


def _left_out(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _LEFT_BEHIND or entry.name.endswith(".pyc"):
        return True
    # Not the entry's own methods: they raise for a link to itself.
    return Path(entry.path).is_dir() and any(Path(entry.path, mark).exists() for mark in _MARKS)


def _utf8(path: Path, name: str) -> str:
    """Return the name, which a zip holds as UTF-8.

    Raises:
        SourceError: the file system holds other bytes.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{os.fsencode(path)!r}: the name is not UTF-8, which names in a zip are. Rename it."
        ) from error
    return name
