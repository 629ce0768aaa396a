"""`python -m bench.packaging [FUNCTION]`: what the zip recipe costs and what its bytes are worth.

In one run, on this machine, for one function: our recipe against what is usually done (`pip install
--target`, then zip the folder), and the two things our recipe gives up for identical bytes,
compression and bytecode. Needs the package registry or a warm uv cache.
"""

import compileall
import hashlib
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import uv
from rich.console import Console
from rich.table import Table

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource

ROOT = Path(__file__).parents[1]
DEFAULT = Path("runtime/knowledge/s3_unified_handler")
IMPORTS = (
    "import aws_lambda_powertools.event_handler, aws_lambda_powertools.tracing, pydantic, boto3"
)
REPEATS = 5
Result = TypeVar("Result")

console = Console()


def main() -> None:
    """Measure and print."""
    function = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    source = ZipSource(ROOT, function, (Path("runtime/shared"),))
    with tempfile.TemporaryDirectory() as scratch:
        compare_builds(source, Path(scratch))
        compare_bytes(source, Path(scratch))
        compare_imports(source, Path(scratch))


def compare_builds(source: ZipSource, scratch: Path) -> None:
    """Build twice in different folders: how long it takes, and whether the bytes agree."""
    table = Table("recipe", "first", "again", "two builds agree", title="Building (x86_64, 3.13)")
    target = Target("x86_64", "3.13")

    def ours(folder: Path) -> Path:
        return packaging.build(source, target, folder).path

    def usual(installer: list[str], folder: Path) -> Path:
        command = [*installer, "install", "--quiet", "--upgrade", "--target", folder / "code"]
        wanted = ["--no-deps", "--requirement", source.folder / "requirements.lock"]
        subprocess.run([*command, *wanted], check=True, capture_output=True)  # noqa: S603  # ours
        shutil.copytree(source.folder, folder / "code", dirs_exist_ok=True)
        return Path(shutil.make_archive(str(folder / "function"), "zip", folder / "code"))

    recipes = {
        "ours": ours,
        "uv, then zip": partial(usual, [uv.find_uv_bin(), "pip"]),
        "pip, then zip": partial(usual, [sys.executable, "-m", "pip"]),
    }
    for name, recipe in recipes.items():
        first, one = _timed(lambda recipe=recipe, name=name: recipe(scratch / name / "1"))
        again, _ = _timed(lambda recipe=recipe, name=name: recipe(scratch / name / "1"))
        _, two = _timed(lambda recipe=recipe, name=name: recipe(scratch / name / "2"))
        table.add_row(name, f"{first:.2f} s", f"{again:.2f} s", "yes" if _same(one, two) else "no")
    console.print(table)


def compare_bytes(source: ZipSource, scratch: Path) -> None:
    """Show what compression would save."""
    table = Table("architecture", "stored", "deflated", title="Size")
    for architecture in ("arm64", "x86_64"):
        stored = packaging.build(source, Target(architecture), scratch / "sizes").path
        deflated = scratch / "deflated.zip"
        with (
            zipfile.ZipFile(stored) as old,
            zipfile.ZipFile(deflated, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                new.writestr(name, old.read(name))
        table.add_row(architecture, *(f"{_mib(file):.1f} MiB" for file in (stored, deflated)))
    console.print(table)


def compare_imports(source: ZipSource, scratch: Path) -> None:
    """Import what a function imports, in a fresh process, without and with bytecode."""
    code = scratch / "code"
    zipfile.ZipFile(packaging.build(source, Target.this_machine(), scratch).path).extractall(code)
    table = Table("bytecode", "import, median", title=f"Importing on {sys.version.split()[0]}")
    table.add_row("none, as in the zip", f"{_import_ms(code):.0f} ms")
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(code, quiet=2, workers=0, invalidation_mode=unchecked)
    table.add_row("unchecked-hash", f"{_import_ms(code):.0f} ms")
    console.print(table)


def _import_ms(code: Path) -> float:
    """Import as a function does: the SDK is the runtime's and compiled, all else is the zip's."""
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", IMPORTS]

    def run() -> None:
        subprocess.run(command, env=environment, cwd=code, check=True)  # noqa: S603  # ours

    run()  # brings the files into the page cache
    return median(_timed(run)[0] for _ in range(REPEATS)) * 1000


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _same(one: Path, two: Path) -> bool:
    return len({hashlib.sha256(file.read_bytes()).hexdigest() for file in (one, two)}) == 1


def _mib(file: Path) -> float:
    return file.stat().st_size / 2**20


if __name__ == "__main__":
    main()
