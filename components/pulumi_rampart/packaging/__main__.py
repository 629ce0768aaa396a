"""`python -m pulumi_rampart.packaging`: write locks, build one function's zip, show a digest."""

import argparse
import sys
from pathlib import Path

from pulumi_rampart.packaging.dependency_files import dependency_file
from pulumi_rampart.packaging.errors import PackagingError
from pulumi_rampart.packaging.lock import left_to_others, write_lock
from pulumi_rampart.packaging.recipe import build
from pulumi_rampart.packaging.source import ZipSource
from pulumi_rampart.packaging.target import Target
from pulumi_rampart.packaging.tree import folders_under


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pulumi_rampart.packaging", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    lock = commands.add_parser("lock", help="write requirements.lock beside what it is made of")
    lock.add_argument("folder", type=Path, nargs="?", default=Path("runtime"))
    lock.add_argument("--constraints", type=Path, help="versions to take where they are used")

    zipped = commands.add_parser("build", help="build the zip of one function and print its path")
    zipped.add_argument("source", type=Path, help="the function's folder")
    zipped.add_argument("--root", type=Path, default=Path(), help="where import paths start")
    zipped.add_argument(
        "--include", type=Path, action="append", default=[], help="such as runtime/shared"
    )
    zipped.add_argument("--architecture", choices=["arm64", "x86_64"], default="arm64")
    zipped.add_argument("--python", default="3.13")
    zipped.add_argument("--cache", type=Path, default=Path(".rampart/packages"))

    chosen = parser.parse_args(arguments)
    try:
        return _lock(chosen) if chosen.command == "lock" else _build(chosen)
    except PackagingError as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command prints
        return 1


def _lock(chosen: argparse.Namespace) -> int:
    if not chosen.folder.is_dir():
        print(f"There is no folder {chosen.folder}.", file=sys.stderr)  # noqa: T201  # a command prints
        return 1
    found = [folder for folder in folders_under(chosen.folder) if dependency_file(folder)]
    for folder in found:
        lock = write_lock(folder, chosen.constraints)
        print(lock, *left_to_others(lock), sep="\n  ", flush=True)  # noqa: T201  # a command prints
    if not found:
        print(f"There is no requirements.txt under {chosen.folder}.", file=sys.stderr)  # noqa: T201  # a command prints
    return 0 if found else 1


def _build(chosen: argparse.Namespace) -> int:
    source = ZipSource(chosen.root, chosen.source, tuple(chosen.include))
    built = build(source, Target(chosen.architecture, chosen.python), chosen.cache)
    size_mib = built.path.stat().st_size / 2**20
    print(f"{built.path}\n{size_mib:.1f} MiB, content {built.digest}")  # noqa: T201  # a command prints
    return 0


if __name__ == "__main__":
    sys.exit(main())
