"""requirements.lock -> the files that its wheels install, and nothing that the installer adds."""

import configparser
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pulumi_rampart.packaging.dependency_files import read_text
from pulumi_rampart.packaging.errors import BuildError, DuplicateFileError
from pulumi_rampart.packaging.target import Target
from pulumi_rampart.packaging.uv import run_uv

# Written by the installer, and different between machines; RECORD lists its scripts.
_INSTALLERS_NOTES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}
_SCRIPTS = ("bin", "Scripts")
# A wheel's scripts start like this until the installer names its interpreter in them.
# https://packaging.python.org/en/latest/specifications/binary-distribution-format/
_PORTABLE_START = b"#!/usr/bin/env python3\n"
_LONG_START = b"#!/bin/sh\n'''exec' "


def installed(locks: Sequence[Path], target: Target, folder: Path, purpose: str) -> dict[str, Path]:
    """Install locks into a folder that is not there yet; name in the zip -> file.

    Raises:
        BuildError: a package has no wheel for the target, cannot be fetched, or another hash.
        DuplicateFileError: two packages install different files under one name.
    """
    if not locks:
        return {}
    folder.mkdir()
    run_uv(
        *("pip", "install", "--target", str(folder)),
        *(word for lock in locks for word in ("--requirement", str(lock))),
        *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-compile-bytecode"),
        *target.uv_arguments,
        # Where it was locked, so that uv finds the same settings.
        folder=locks[0].parent,
        purpose=purpose,
    )
    owners: dict[str, tuple[str, str]] = {}
    for record in sorted(folder.glob("*.dist-info/RECORD")):
        distribution = record.parent.name.removesuffix(".dist-info")
        for name, content in _recorded(record):
            other, others_content = owners.setdefault(name, (distribution, content))
            if content != others_content:
                raise DuplicateFileError(
                    f"{other} and {distribution} both bring {name}, with different contents; one "
                    "would overwrite the other. Require only one of them."
                )
    return {name: folder / name for name in owners}


def _recorded(record: Path) -> Iterator[tuple[str, str]]:
    """List what one distribution installs: name, hash."""
    target, generated = record.parent.parent, _generated_scripts(record.parent)
    for name, content, *_ in csv.reader(read_text(record).splitlines()):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise BuildError(f"{record.parent.name} installs {name}, outside of the package.")
        note = path.parts[0] == record.parent.name and path.name in _INSTALLERS_NOTES
        if note or name in generated:
            continue
        if path.parts[0] in _SCRIPTS:
            _make_portable(target / name)
        yield name, content


def _generated_scripts(notes: Path) -> set[str]:
    """Name the scripts that the installer writes for entry points; they hold its interpreter."""
    entry_points = configparser.ConfigParser(delimiters=("=",), strict=False, interpolation=None)
    entry_points.optionxform = str  # type: ignore[assignment,method-assign]  # keeps upper case
    if (notes / "entry_points.txt").exists():
        entry_points.read_string(read_text(notes / "entry_points.txt"))
    groups = (group for group in ("console_scripts", "gui_scripts") if group in entry_points)
    names = [name for group in groups for name in entry_points[group]]
    return {
        f"{folder}/{name}{end}" for folder in _SCRIPTS for name in names for end in ("", ".exe")
    }


def _make_portable(script: Path) -> None:
    """Undo what the installer did to the first line of a wheel's script."""
    content = script.read_bytes()
    first, _, rest = content.partition(b"\n")
    if content.startswith(_LONG_START):
        rest = rest.split(b"\n", 2)[2]
    elif not (first.startswith(b"#!") and b"python" in first.rpartition(b"/")[2]):
        return
    mode = script.stat().st_mode
    # Not in place: the file may be a link into uv's cache.
    script.unlink()
    script.write_bytes(_PORTABLE_START + rest)
    script.chmod(mode)
