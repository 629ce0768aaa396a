"""Which file of a folder says what the function depends on."""

import tomllib
from pathlib import Path
from typing import Any

from pulumi_rampart.packaging.errors import DependencyFileError, SourceError

REQUIREMENTS, PROJECT, LOCK, UV_LOCK = (
    "requirements.txt",
    "pyproject.toml",
    "requirements.lock",
    "uv.lock",
)
# What other tools write, how each becomes the file that is read here, and the word in it without
# which it is about something else.
_OTHERS = {
    "poetry.lock": ("run `poetry export --output requirements.txt`", ""),
    "Pipfile.lock": ("run `pipenv requirements --hash > requirements.txt`", ""),
    "Pipfile": ("run `pipenv lock`, then `pipenv requirements --hash > requirements.txt`", ""),
    "pdm.lock": ("run `pdm export --output requirements.txt`", ""),
    "pylock.toml": ("write its packages into a requirements.txt", ""),
    "requirements.in": ("rename it to requirements.txt", ""),
    "environment.yml": ("write its packages into a requirements.txt", "dependencies:"),
    "setup.cfg": ("write its install_requires into a requirements.txt", "install_requires"),
    "setup.py": ("write its install_requires into a requirements.txt", "install_requires"),
}
FOR_THE_BUILD = frozenset(
    {REQUIREMENTS, LOCK, PROJECT, UV_LOCK, "uv.toml", "Dockerfile", "Dockerfile.dockerignore"}
    | {name for name, (_, word) in _OTHERS.items() if not word}
)


def dependency_file(folder: Path) -> Path | None:
    """Return the folder's requirements.txt or else its pyproject.toml; None without dependencies.

    Raises:
        DependencyFileError: they are in a file that is not read here; the message says what to do.
        SourceError: a pyproject.toml is not TOML or not UTF-8.
    """
    if (folder / REQUIREMENTS).exists():
        return folder / REQUIREMENTS
    project = folder / PROJECT
    if project.exists() and _declares_dependencies(project):
        return project
    for name, (remedy, word) in _OTHERS.items():
        if (folder / name).exists() and word in read_text(folder / name):
            raise DependencyFileError(
                f"{folder / name} is there but no requirements.txt, so nothing of it would be "
                f"installed. In {folder}, {remedy}; or remove {name}."
            )
    if (folder / UV_LOCK).exists() and not project.exists():
        raise DependencyFileError(
            f"{folder / UV_LOCK} has no pyproject.toml beside it, whose versions it would hold. "
            "Put it there, or remove the lock."
        )
    if (folder / LOCK).exists():
        raise DependencyFileError(
            f"{folder / LOCK} has no requirements.txt beside it that it would belong to. Write "
            "one, or remove the lock."
        )
    return None


def project_dependencies(project: Path) -> dict[str, Any]:
    """Return what of a pyproject.toml decides a lock."""
    table = read_toml(project).get("project", {})
    return {key: table[key] for key in ("dependencies", "requires-python") if key in table}


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a TOML file.

    Raises:
        SourceError: it is not TOML or not UTF-8.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path} is not TOML: {error}.") from error


def read_text(path: Path) -> str:
    """Read a text that must be UTF-8, with or without a byte order mark.

    Raises:
        SourceError: it is something else, such as the UTF-16 that PowerShell's `>` writes.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        guess = "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "another encoding"
        raise SourceError(f"{path} is not UTF-8 but {guess}. Save it as UTF-8.") from error
    if "\0" in text:
        raise SourceError(f"{path} is not UTF-8 but perhaps UTF-16. Save it as UTF-8.")
    return text


def _declares_dependencies(project: Path) -> bool:
    tables = read_toml(project)
    declared = tables.get("project", {})
    if "dependencies" in declared.get("dynamic", []):
        raise DependencyFileError(
            f"{project} computes its dependencies (`dynamic`). List them in it or in a "
            "requirements.txt beside it."
        )
    poetry = tables.get("tool", {}).get("poetry", {}).get("dependencies", {})
    if not declared and poetry.keys() - {"python"}:
        raise DependencyFileError(
            f"{project} lists its dependencies for Poetry only. In {project.parent}, "
            f"{_OTHERS['poetry.lock'][0]}."
        )
    return bool(declared.get("dependencies"))
