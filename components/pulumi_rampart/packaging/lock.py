"""What a function depends on (what we chose) -> requirements.lock (what is installed, by hash).

The lock holds for every platform, so that arm64, x86_64 and a laptop install the same versions.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pulumi_rampart.packaging.dependency_files import (
    LOCK,
    PROJECT,
    UV_LOCK,
    dependency_file,
    project_dependencies,
    read_text,
)
from pulumi_rampart.packaging.errors import MissingLockError, StaleLockError
from pulumi_rampart.packaging.lock_inputs import constraints_named_in, inputs
from pulumi_rampart.packaging.own_hashes import with_own_hashes
from pulumi_rampart.packaging.requirements import RequirementFile, pinned, read_requirements
from pulumi_rampart.packaging.uv import run_uv

OLDEST_PYTHON = "3.11"

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_RUNTIME_BRINGS = ["boto3", "botocore", "s3transfer"]
# PyTorch comes from its own CPU index in the Dockerfile of an image: PyPI's build carries CUDA.
_DOCKERFILE_INSTALLS = ["torch"]

_TITLE = "# Written by `python -m pulumi_rampart.packaging lock`. Do not edit."
_INPUT = re.compile(r"# (.+): (sha256:[0-9a-f]{64})")
_LEFT = "# Left to the "
_UV_LOCK_VERSIONS = "uv-lock.txt"


def left_out(folder: Path) -> dict[str, str]:
    """Package that is never locked -> who brings it to the function in this folder."""
    runtime = dict.fromkeys(_RUNTIME_BRINGS, "Lambda runtime")
    image = dict.fromkeys(_DOCKERFILE_INSTALLS, "Dockerfile")
    return runtime | (image if (folder / "Dockerfile").exists() else {})


def write_lock(folder: Path, constraints: Path | None = None) -> Path:
    """Resolve the requirements.txt of a folder, or its pyproject.toml, and return its lock.

    Versions come from the constraints file first, then from an existing lock where they fit, so
    that several functions and the laptop run the same. A requirement's own hashes are kept.

    Raises:
        BuildError: there is no such set of versions, or no package with a requirement's own hash.
        DependencyFileError: something is asked for that would not hold when the zip is built.
        SourceError: a file is missing or not UTF-8.
    """
    folder = folder.resolve()
    constraints = constraints.resolve() if constraints else None
    manifest = dependency_file(folder)
    if manifest is None:
        raise MissingLockError(f"{folder} has no requirements.txt and no pyproject.toml to lock.")
    declared = () if manifest.name == PROJECT else read_requirements(manifest)
    for file in declared:
        file.check()
    with tempfile.TemporaryDirectory() as scratch:
        hashed = (*declared, *_exported(manifest, Path(scratch)))
        text = _resolve(manifest, constraints, Path(scratch))
    # What locking reads, building reads: where packages come from is said again in the lock.
    sources = list(dict.fromkeys(line for file in declared for line in file.sources(folder)))
    has_folders = any(line.startswith(("-f ", "--find-links ")) for line in sources)
    text = "\n".join([*sources, with_own_hashes(text, hashed, all_known=not has_folders)])
    made_of = [f"# {name}: {value}" for name, value in inputs(manifest, text, constraints).items()]
    left = [f"{_LEFT}{who}: {one}" for one, who in _dropped(manifest, declared)]
    # Beside the lock first: a rename is atomic within one file system only.
    lock = folder / LOCK
    beside = lock.with_suffix(".lock.new")
    beside.write_text("\n".join([_TITLE, *made_of, *left, text]), "utf-8", newline="\n")
    beside.replace(lock)
    return lock


def left_to_others(lock: Path) -> list[str]:
    """Return what a lock says of the requirements that it leaves out, one sentence each."""
    lines = read_text(lock).splitlines()
    return [line.removeprefix("# ") for line in lines if line.startswith(_LEFT)]


def checked_lock(folder: Path) -> Path | None:
    """Return the lock to install from, or None when the function has no requirements.

    Raises:
        MissingLockError: there are requirements but no lock.
        StaleLockError: something that the lock was made of says something else now.
        DependencyFileError: the requirements are in a file that is not read here.
    """
    manifest, lock = dependency_file(folder.resolve()), folder / LOCK
    if manifest is None:
        return None
    command = f"python -m pulumi_rampart.packaging lock {folder}"
    if not lock.exists():
        raise MissingLockError(
            f"{manifest} has no requirements.lock beside it. Run `{command}` and commit the result."
        )
    text = read_text(lock)
    written = dict(_written_inputs(text))
    constraints = constraints_named_in(written, manifest.parent)
    if constraints and not constraints.is_file():
        raise StaleLockError(
            f"{lock} was written with {constraints}, which is not there. Run `{command}`, with "
            "`--constraints` and where that file is now, and commit the result."
        )
    now = inputs(manifest, text, constraints)
    if changed := sorted(dict(written.items() ^ now.items())):
        command += f" --constraints {constraints}" if constraints else ""
        raise StaleLockError(
            f"{manifest} changed after its lock was written, or something else that it is made "
            f"of: {', '.join(changed)}. Run `{command}` and commit the result."
        )
    return lock


def _exported(manifest: Path, scratch: Path) -> tuple[RequirementFile, ...]:
    """Read the versions and hashes of the uv.lock beside a pyproject.toml."""
    if manifest.name != PROJECT or not (manifest.parent / UV_LOCK).exists():
        return ()
    versions = scratch / _UV_LOCK_VERSIONS
    run_uv(
        *("export", "--frozen", "--no-dev", "--no-emit-project", "--format", "requirements.txt"),
        *("--no-header", "--no-annotate", "--output-file", str(versions)),
        folder=manifest.parent,
        purpose=f"Reading {manifest.parent / UV_LOCK}",
    )
    return read_requirements(versions)


def _resolve(manifest: Path, constraints: Path | None, scratch: Path) -> str:
    folder = manifest.parent
    draft, excludes, versions = (
        scratch / name for name in (LOCK, "left-out.txt", _UV_LOCK_VERSIONS)
    )
    if (folder / LOCK).exists():
        # Versions only: uv would take the hashes that it finds for all there are.
        locked = pinned(read_text(folder / LOCK))
        draft.write_text("".join(f"{one.text}\n" for one in locked), "utf-8")
    excludes.write_text("\n".join(left_out(folder)), "utf-8")
    run_uv(
        *("pip", "compile", manifest.name, "--output-file", str(draft)),
        *("--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON),
        *("--excludes", str(excludes), "--no-header"),
        # Relative, because uv writes the path into the lock, which is the same on every machine.
        *(("--constraints", os.path.relpath(constraints, folder)) if constraints else ()),
        # Without annotations, which would name the scratch file.
        *(("--constraints", str(versions), "--no-annotate") if versions.exists() else ()),
        folder=folder,
        purpose=f"Locking {manifest}",
    )
    return draft.read_text("utf-8")


def _dropped(manifest: Path, declared: tuple[RequirementFile, ...]) -> Iterator[tuple[str, str]]:
    who = left_out(manifest.parent)
    lines = [one for file in declared for one in file.requirements]
    if manifest.name == PROJECT:
        lines = pinned("\n".join(project_dependencies(manifest).get("dependencies", [])))
    return ((one.text, who[one.name]) for one in lines if one.name in who)


def _written_inputs(lock: str) -> Iterator[tuple[str, str]]:
    for line in lock.splitlines():
        if not line.startswith("#"):
            return
        if found := _INPUT.fullmatch(line):
            yield found[1], found[2]
