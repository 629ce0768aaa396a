"""Reads requirement files as pip and uv do: continued lines, comments, `-r`, `-c`, options.

The format: https://pip.pypa.io/en/stable/reference/requirements-file-format/.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging.dependency_files import read_text
from pulumi_rampart.packaging.errors import DependencyFileError, SourceError

_COMMENT = re.compile(r"(^|\s)#.*$")
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_OPTION = re.compile(r"(-[a-z]|--[a-z-]+)(?:[=\s]\s*(.*))?")
_HASH = re.compile(r"\s--hash[=\s]\s*(\S+)")

_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2")

_INCLUDES = {"-r", "--requirement", "-c", "--constraint"}
# Where packages come from; the lock repeats these.
_SOURCES = {"-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index"}
# What holds anyway: wheels only, each by its hash.
_HOLDS_ANYWAY = {"--require-hashes", "--prefer-binary", "--only-binary"}
_WHEELS_ONLY = (
    "only wheels are installed, by their hash. Build its wheel and name the wheel's folder with "
    "--find-links; a folder of yours can be named in `include` instead"
)
_REFUSED = {
    "-e": _WHEELS_ONLY,
    "--editable": _WHEELS_ONLY,
    "--no-binary": _WHEELS_ONLY,
    "--pre": "uv does not read it; pin the version, such as name==2.0rc1",
}


@dataclass(frozen=True)
class Requirement:
    """One line that names a package.

    Attributes:
        name: normalized; empty for a bare path or address.
        text: the line without hashes.
        hashes: its own `--hash` values, such as "sha256:...".
    """

    name: str
    text: str
    hashes: tuple[str, ...]

    @property
    def place(self) -> str:
        """The path or address that it names instead of a version; empty otherwise."""
        named = self.text if not self.name else self.text.partition("@")[2]
        words = named.split(";")[0].split("#")[0].split("?")[0].strip()
        return words if "/" in words or not self.name else ""


@dataclass(frozen=True)
class RequirementFile:
    """One requirement file, without what it includes.

    Attributes:
        path: where it lies.
        lines: its logical lines, in order.
    """

    path: Path
    lines: tuple[str, ...]

    @property
    def requirements(self) -> Iterator[Requirement]:
        """The lines that name a package."""
        return (_requirement(line) for line in self.lines if not line.startswith("-"))

    @property
    def _options(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            if line.startswith("-"):
                found = _OPTION.fullmatch(line)
                option, value = (found[1], found[2] or "") if found else (line, "")
                yield option, value.strip("\"'")

    @property
    def includes(self) -> Iterator[Path]:
        """The files that it reads with `-r` and `-c`.

        Raises:
            DependencyFileError: one lies on the network, where nobody notices a change.
        """
        for option, value in self._options:
            if option not in _INCLUDES:
                continue
            if "://" in value:
                raise DependencyFileError(
                    f"{self.path}: `{option} {value}` is read from the network, so the lock could "
                    "not tell that it changed. Save the file beside this one."
                )
            yield Path(os.path.normpath(self.path.parent / value))

    def sources(self, folder: Path) -> Iterator[str]:
        """Rewrite the options that say where packages come from, for a file in another folder."""
        for option, value in self._options:
            here = option in {"-f", "--find-links"} and "://" not in value
            place = os.path.relpath(self.path.parent / value, folder) if here else value
            if option in _SOURCES:
                yield f"{option} {place}".strip()

    def check(self) -> None:
        """Raise DependencyFileError for a line that would not hold when the zip is built."""
        for option, value in self._options:
            if option not in _INCLUDES | _SOURCES | _HOLDS_ANYWAY:
                reason = _REFUSED.get(option, "uv does not read it; remove the line")
                line = f"{option} {value}".strip()
                raise DependencyFileError(f"{self.path}: `{line}`: {reason}.")
        for one in self.requirements:
            place = one.place
            if place and not place.endswith(".whl"):
                raise DependencyFileError(f"{self.path}: `{one.text}`: {_WHEELS_ONLY}.")
            if place.startswith(("file:", "/")):
                raise DependencyFileError(
                    f"{self.path}: `{one.text}` is a place on this machine; the lock holds on "
                    "every machine. Write it relative to this file."
                )


def read_requirements(path: Path) -> tuple[RequirementFile, ...]:
    """Read a requirement file and, after it, each file that it includes, once.

    Raises:
        SourceError: a file is missing or not UTF-8.
        DependencyFileError: a file lies on the network.
    """
    read: dict[Path, RequirementFile] = {}
    waiting = [path]
    while waiting:
        one = waiting.pop(0)
        if one in read:
            continue
        if not one.is_file():
            raise SourceError(f"{path} includes {one}, which is not there.")
        read[one] = RequirementFile(one, tuple(_logical_lines(read_text(one))))
        waiting += read[one].includes
    return tuple(read.values())


def normalized(name: str) -> str:
    """Return a package's name as all spellings of it compare (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> list[Requirement]:
    """Return the packages of a lock's text."""
    lines = _logical_lines(lock)
    return [_requirement(line) for line in lines if not line.startswith("-")]


def _logical_lines(text: str) -> Iterator[str]:
    continued = ""
    for line in [*text.splitlines(), ""]:
        whole = _COMMENT.sub("", f"{continued}{line}".rstrip())
        if whole.endswith("\\"):
            continued = f"{whole[:-1].strip()} "
            continue
        continued = ""
        if whole.strip():
            yield whole.strip()


def _requirement(line: str) -> Requirement:
    hashes = tuple(found[1] for found in _HASH.finditer(line))
    text = _HASH.sub("", line).strip()
    name = _NAME.match(text)
    is_path = (
        name is None
        or text[name.end() : name.end() + 1] in {"/", "\\", ":", "+"}
        or text.split()[0].endswith(_ARCHIVES)
    )
    return Requirement("" if is_path or not name else normalized(name[0]), text, hashes)
