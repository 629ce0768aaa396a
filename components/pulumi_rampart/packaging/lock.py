"""requirements.txt (what we chose) -> requirements.lock (what is installed, by hash).

The lock holds for every platform, so that arm64, x86_64 and a laptop install the same versions.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from pulumi_rampart.packaging.errors import MissingLockError, StaleLockError
from pulumi_rampart.packaging.uv import run_uv

OLDEST_PYTHON = "3.11"

# The Lambda runtime brings the AWS SDK (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html).
# PyTorch comes from its own CPU index in the Dockerfile of an image: PyPI's build carries CUDA.
LEFT_OUT = ("boto3", "botocore", "s3transfer", "torch")

_HEADER = (
    "# Written by `python -m pulumi_rampart.packaging lock`. Do not edit.\n# requirements.txt: "
)


def write_lock(folder: Path, constraints: Path | None = None) -> Path:
    """Resolve the folder's requirements.txt and return its lock.

    Versions come from the constraints file first, then from an existing lock where they fit, so
    that several functions and the laptop run the same.

    Raises:
        BuildError: there is no such set of versions.
    """
    folder = folder.resolve()
    lock = folder / "requirements.lock"
    with tempfile.TemporaryDirectory() as scratch:
        draft = Path(scratch) / "requirements.lock"
        if lock.exists():
            draft.write_text(lock.read_text("utf-8"), "utf-8")
        left_out = Path(scratch) / "left-out.txt"
        left_out.write_text("\n".join(LEFT_OUT))
        run_uv(
            *("pip", "compile", "requirements.txt", "--output-file", str(draft)),
            *("--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON),
            *("--excludes", str(left_out), "--no-header"),
            *_constrained(folder, constraints),
            folder=folder,
            purpose=f"Locking {folder / 'requirements.txt'}",
        )
        resolved = draft.read_text("utf-8")
        draft.write_text(f"{_HEADER}{_pins_hash(folder)}\n{resolved}", "utf-8", newline="\n")
        # Beside the lock first: a rename is atomic within one file system only.
        beside = lock.with_suffix(".lock.new")
        beside.write_bytes(draft.read_bytes())
        beside.replace(lock)
    return lock


def _constrained(folder: Path, constraints: Path | None) -> tuple[str, ...]:
    # Relative, because uv writes the path into the lock, which is the same on every machine.
    return ("--constraints", os.path.relpath(constraints, folder)) if constraints else ()


def checked_lock(folder: Path) -> Path | None:
    """Return the lock to install from, or None when the function has no requirements.

    Raises:
        MissingLockError: there is a requirements.txt but no lock.
        StaleLockError: requirements.txt says something else than when the lock was written.
    """
    requirements, lock = folder / "requirements.txt", folder / "requirements.lock"
    if not requirements.exists():
        return None
    remedy = f"Run `python -m pulumi_rampart.packaging lock {folder}` and commit the result."
    if not lock.exists():
        raise MissingLockError(f"{requirements} has no requirements.lock beside it. {remedy}")
    if not lock.read_text("utf-8").startswith(f"{_HEADER}{_pins_hash(folder)}\n"):
        raise StaleLockError(f"{requirements} changed after its lock was written. {remedy}")
    return lock


def _pins_hash(folder: Path) -> str:
    """SHA-256 of the requirements themselves: comments, blank lines and their order are free."""
    lines = (folder / "requirements.txt").read_text("utf-8").splitlines()
    pins = sorted(filter(None, (line.split("#")[0].strip() for line in lines)))
    return "sha256:" + hashlib.sha256("\n".join(pins).encode()).hexdigest()
