"""The three distributions, built as they would be published."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"pulumi-rampart": "components", "rampart-policies": "policies", "rampart-local": "local"}

# What tells Python of this repository's environment stays here; how to reach a registry goes along.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PYTEST"))
}


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside this repository, and without what this environment tells Python."""
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True)
class Stranger:
    """An empty environment with one distribution, and a project that has nothing to do with us."""

    python: Path
    folder: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment in the project's folder."""
        program = self.python.parent / command[0]
        return run([str(program), *command[1:]], self.folder)


def files_of_distributions() -> set[Path]:
    """Return every file below the three folders, without what Python caches."""
    return {
        file
        for source in FOLDERS.values()
        for file in (ROOT / source).rglob("*")
        if "__pycache__" not in file.parts
    }


@pytest.fixture(scope="session")
def files_before() -> set[Path]:
    """What the checkout held before anything was built."""
    return files_of_distributions()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, files_before: set[Path]) -> Path:
    """A folder with wheel and sdist of each distribution."""
    assert files_before
    folder = tmp_path_factory.mktemp("built")
    for source in FOLDERS.values():
        command = [sys.executable, "-m", "uv", "build", "--quiet", "--out-dir", str(folder)]
        done = run([*command, str(ROOT / source)], folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory, built: Path) -> dict[str, Path]:
    """One environment a distribution; returns the interpreters by distribution."""
    interpreters: dict[str, Path] = {}
    for name in FOLDERS:
        folder = tmp_path_factory.mktemp(name)
        uv = [sys.executable, "-m", "uv"]
        made = run(
            [*uv, "venv", "--quiet", "--python", sys.executable, str(folder / "env")], folder
        )
        assert made.returncode == 0, made.stderr
        python = folder / "env" / "bin" / "python"
        install = [*uv, "pip", "install", "--quiet", "--python", str(python)]
        done = run([*install, "--find-links", str(built), name], folder)
        assert done.returncode == 0, done.stderr
        interpreters[name] = python
    return interpreters


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with folders that are named as ours are."""
    folder = tmp_path / "shop"
    shutil.copytree(Path(__file__).parent / "shop", folder)
    return folder
