"""The recipe: digest first, then build only what is not in the cache yet."""

import glob
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging import zip_file
from pulumi_rampart.packaging.dependency_files import read_text
from pulumi_rampart.packaging.errors import DuplicateFileError, TooLargeError
from pulumi_rampart.packaging.lock import checked_lock
from pulumi_rampart.packaging.requirements import pinned
from pulumi_rampart.packaging.source import ZipSource
from pulumi_rampart.packaging.target import Target
from pulumi_rampart.packaging.wheels import installed

# Raise it when the same inputs are to give other bytes.
RECIPE_VERSION = "3"

# Lambda refuses more (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
LARGEST_UNZIPPED_BYTES = 250 * 1024 * 1024

# Hex digits of a hash in a file's name.
_SHOWN = 16


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
        SourceError, DependencyFileError, MissingLockError, StaleLockError: as for `build`.
    """
    return _digest(target, source.files(), _locks(source))


def build(source: ZipSource, target: Target, cache: Path) -> Archive:
    """Build the zip, or find it in the cache folder. Builders may run side by side.

    A damaged file in the cache is built again.

    Raises:
        SourceError: a folder is missing, empty or outside the root, a link leads nowhere, a name
            or a requirement file is not UTF-8.
        DependencyFileError: the dependencies are in a file that is not read here.
        MissingLockError, StaleLockError: the lock is not there, or not that of the requirements.
        BuildError: a dependency has no wheel for the target, or cannot be fetched.
        DuplicateFileError: two dependencies, or one and the source, have a file of the same name.
        TooLargeError: Lambda would refuse it.
    """
    ours, locks = source.files(), _locks(source)
    content = _digest(target, ours, locks)
    # uv runs in another folder, where a relative path would mean another one.
    cache = cache.resolve()
    stem = f"{source.label}-{content[:_SHOWN]}"
    path = _found(cache, stem)
    if path is None:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="building-") as scratch:
            purpose = f"Installing the dependencies of {source.label} for {target.name}"
            dependencies = installed(locks, target, Path(scratch) / "packages", purpose)
            files = _merged(source.label, ours, dependencies)
            _check_size(source.label, files)
            draft = Path(scratch) / "draft.zip"
            zip_file.write(files, draft)
            path = cache / f"{stem}-{_hash(draft)}.zip"
            draft.replace(path)
    return Archive(path, content)


def _found(cache: Path, stem: str) -> Path | None:
    """Find a zip whose name ends with its own hash, which that of a damaged one does not."""
    for path in cache.glob(f"{glob.escape(stem)}-*.zip"):
        if path.stem == f"{stem}-{_hash(path)}":
            return path
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_SHOWN]


def _locks(source: ZipSource) -> list[Path]:
    found = (checked_lock(folder) for folder in dict.fromkeys(source.folders))
    return [lock for lock in found if lock]


def _digest(target: Target, ours: Mapping[str, Path], locks: list[Path]) -> str:
    # What is installed, without the comments of who wanted it and what the lock was made of.
    packages = sorted(
        {" ".join((one.text, *one.hashes)) for lock in locks for one in pinned(read_text(lock))}
    )
    return zip_file.fingerprint((RECIPE_VERSION, target.name, "\n".join(packages)), ours)


def _merged(
    label: str, ours: Mapping[str, Path], dependencies: Mapping[str, Path]
) -> dict[str, Path]:
    if twice := sorted(ours.keys() & dependencies.keys()):
        raise DuplicateFileError(
            f"{label} and one of its dependencies both bring {', '.join(twice[:3])}. "
            "Rename ours: import would find only one of them."
        )
    return {**dependencies, **ours}


def _check_size(label: str, files: Mapping[str, Path]) -> None:
    sizes = {name: file.stat().st_size for name, file in files.items()}
    total = sum(sizes.values())
    if total <= LARGEST_UNZIPPED_BYTES:
        return
    largest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:5]
    named = ", ".join(f"{name} ({sizes[name] / 2**20:.0f} MiB)" for name in largest)
    raise TooLargeError(
        f"{label} is {total / 2**20:.0f} MiB unzipped; Lambda takes at most "
        f"{LARGEST_UNZIPPED_BYTES / 2**20:.0f} MiB. Largest: {named}. "
        "Drop a dependency, or make it an image function."
    )
