"""The recipe: digest first, then build only what is not in the cache yet."""

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging.errors import DuplicateFileError, TooLargeError
from pulumi_rampart.packaging.lock import checked_lock
from pulumi_rampart.packaging.source import NEVER_SHIPPED, ZipSource, fingerprint
from pulumi_rampart.packaging.target import Target
from pulumi_rampart.packaging.uv import run_uv

# Raise it when the same inputs are to give other bytes.
RECIPE_VERSION = "2"

# Lambda refuses more (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
LARGEST_UNZIPPED_BYTES = 250 * 1024 * 1024

# The zip format knows no earlier date.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o644 << 16

# Written by the installer, and different between machines. Scripts name the interpreter that
# installed them; RECORD lists the scripts.
_INSTALLERS_NOTES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}
_SCRIPTS = {"bin", "Scripts"}


@dataclass(frozen=True)
class Archive:
    """A zip.

    Attributes:
        path: where it lies.
        digest: hex SHA-256 of everything it depends on; known before it is built.
    """

    path: Path
    digest: str


def digest(source: ZipSource, target: Target) -> str:
    """Hash what the zip depends on; builds nothing.

    Raises:
        SourceError, MissingLockError, StaleLockError: as for `build`.
    """
    lock = checked_lock(source.folder)
    locked = lock.read_text("utf-8") if lock else ""
    return fingerprint((RECIPE_VERSION, target.name, locked), source.files())


def build(source: ZipSource, target: Target, cache: Path) -> Archive:
    """Build the zip, or find it in the cache folder. Builders may run side by side.

    Raises:
        SourceError: a folder is missing, empty or outside the root.
        MissingLockError, StaleLockError: the lock is not there, or not that of requirements.txt.
        BuildError: a dependency has no wheel for the target, or cannot be fetched.
        DuplicateFileError: a dependency and the source have a file of the same name.
        TooLargeError: Lambda would refuse it.
    """
    content = digest(source, target)
    # uv runs in the folder it fills, where a relative path would mean another one.
    cache = cache.resolve()
    path = cache / f"{source.label}-{content[:16]}.zip"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="building-") as scratch:
            files = _merged(source, _dependencies(source, target, Path(scratch) / "packages"))
            _check_size(source, files)
            draft = Path(scratch) / path.name
            _write(files, draft)
            draft.replace(path)
    return Archive(path, content)


def _dependencies(source: ZipSource, target: Target, folder: Path) -> dict[str, Path]:
    """Install the lock into a folder; name in the zip -> file."""
    lock = checked_lock(source.folder)
    if lock is None:
        return {}
    folder.mkdir()
    run_uv(
        *("pip", "install", "--target", str(folder), "--requirement", str(lock)),
        *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-compile-bytecode"),
        *target.uv_arguments,
        folder=folder,
        purpose=f"Installing the dependencies of {source.label} for {target.name}",
    )
    files = ((file.relative_to(folder), file) for file in folder.rglob("*") if file.is_file())
    return {name.as_posix(): file for name, file in files if _ships(name)}


def _ships(name: Path) -> bool:
    note = name.parent.suffix == ".dist-info" and name.name in _INSTALLERS_NOTES
    script = name.parts[0] in _SCRIPTS or name.parts[0].startswith(".")
    return not note and not script and not NEVER_SHIPPED.intersection(name.parts)


def _merged(source: ZipSource, dependencies: Mapping[str, Path]) -> dict[str, Path]:
    ours = source.files()
    if twice := sorted(ours.keys() & dependencies.keys()):
        raise DuplicateFileError(
            f"{source.label} and one of its dependencies both bring {', '.join(twice[:3])}. "
            "Rename ours: import would find only one of them."
        )
    return {**dependencies, **ours}


def _check_size(source: ZipSource, files: Mapping[str, Path]) -> None:
    sizes = {name: file.stat().st_size for name, file in files.items()}
    total = sum(sizes.values())
    if total <= LARGEST_UNZIPPED_BYTES:
        return
    largest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:5]
    named = ", ".join(f"{name} ({sizes[name] / 2**20:.0f} MiB)" for name in largest)
    raise TooLargeError(
        f"{source.label} is {total / 2**20:.0f} MiB unzipped; Lambda takes at most "
        f"{LARGEST_UNZIPPED_BYTES / 2**20:.0f} MiB. Largest: {named}. "
        "Drop a dependency, or make it an image function."
    )


def _write(files: Mapping[str, Path], path: Path) -> None:
    """Names sorted, one date, one mode, no compression: the contents determine every byte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            archive.writestr(entry, files[name].read_bytes())
