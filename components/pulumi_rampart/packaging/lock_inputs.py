"""What a requirements.lock is made of, as the lines at its top that tell whether it is stale."""

import hashlib
import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from pulumi_rampart.packaging.dependency_files import (
    PROJECT,
    UV_LOCK,
    project_dependencies,
    read_text,
    read_toml,
)
from pulumi_rampart.packaging.requirements import pinned, read_requirements

_CONSTRAINTS = "constraints "


def inputs(manifest: Path, lock: str, constraints: Path | None) -> dict[str, str]:
    """Everything that was read to write the lock: what it is -> "sha256:...".

    Comments, blank lines and the order of requirements are free. Of a constraints file only what
    it says of the lock's packages counts, so that one file can serve many functions.

    Args:
        manifest: requirements.txt or pyproject.toml.
        lock: the lock's text.
        constraints: the file that was given beside, if any.

    Raises:
        SourceError: a file is missing, not UTF-8 or not TOML.
        DependencyFileError: a file lies on the network.
    """
    folder = manifest.parent
    found = dict(_declared(manifest))
    if constraints:
        names = {one.name for one in pinned(lock)}
        path = Path(os.path.relpath(constraints, folder)).as_posix()
        found[f"{_CONSTRAINTS}{path}"] = _hash_of_constraints(constraints, names)
    for settings, table in _uv_settings(folder):
        path = Path(os.path.relpath(settings, folder)).as_posix()
        found[f"settings of uv in {path}"] = _hash(json.dumps(table, sort_keys=True, default=str))
    return found


def constraints_named_in(written: Collection[str], folder: Path) -> Path | None:
    """Return the constraints file that is among what a lock says it is made of."""
    for name in written:
        if name.startswith(_CONSTRAINTS):
            return Path(os.path.normpath(folder / name.removeprefix(_CONSTRAINTS)))
    return None


def _declared(manifest: Path) -> Iterator[tuple[str, str]]:
    folder = manifest.parent
    if manifest.name == PROJECT:
        table = project_dependencies(manifest)
        yield PROJECT, _hash(json.dumps(table, sort_keys=True))
        if (folder / UV_LOCK).exists():
            yield UV_LOCK, _hash(read_text(folder / UV_LOCK))
        return
    for file in read_requirements(manifest):
        name = Path(os.path.relpath(file.path, folder)).as_posix()
        yield name, _hash("\n".join(sorted(file.lines)))


def _hash_of_constraints(path: Path, names: Collection[str]) -> str:
    limits = {
        one.text
        for file in read_requirements(path)
        for one in file.requirements
        if one.name in names
    }
    return _hash("\n".join(sorted(limits)))


def _uv_settings(folder: Path) -> Iterator[tuple[Path, object]]:
    """Find the settings that uv reads: the nearest, and those of a workspace around the folder.

    https://docs.astral.sh/uv/concepts/configuration-files/. Those of the user and of the machine
    say where packages come from there, and are not the project's.
    """
    nearest = True
    for above in (folder, *folder.parents):
        if (above / "uv.toml").is_file():
            path, table = above / "uv.toml", read_toml(above / "uv.toml")
        elif (above / PROJECT).is_file():
            path = above / PROJECT
            table = read_toml(path).get("tool", {}).get("uv")
            if table is None:
                continue
        else:
            continue
        if nearest or "workspace" in table:
            yield path, table
        nearest = False


def _hash(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
