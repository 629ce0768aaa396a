"""A small project to package: one function, what it shares, and one pure Python dependency."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart.packaging import ZipSource, write_lock

FILES = {
    "runtime/__init__.py": "",
    "runtime/shared/__init__.py": "",
    "runtime/shared/words.py": 'GREETING = "good morning"\n',
    "runtime/shop/__init__.py": "",
    "runtime/shop/order/__init__.py": "",
    "runtime/shop/order/handler.py": "def handler(event, context):\n    return event\n",
    "runtime/shop/order/order.schema.json": "{}\n",
    "runtime/shop/pay/handler.py": "the neighbour's file\n",
}

Project = Callable[[Path], ZipSource]


def _lay(root: Path, names: list[str]) -> ZipSource:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FILES[name])
    return ZipSource(root, Path("runtime/shop/order"), (Path("runtime/shared"),))


@pytest.fixture
def project() -> Project:
    return lambda root: _lay(root, list(FILES))


@pytest.fixture
def messy_project() -> Project:
    """The same files on a machine with other habits: order, umask, times, and what work leaves."""

    def lay(root: Path) -> ZipSource:
        before = os.umask(0o077)
        try:
            source = _lay(root, list(reversed(FILES)))
        finally:
            os.umask(before)
        for file in root.rglob("*.py"):
            os.utime(file, (1_000_000_000, 1_000_000_000))
            # As on a share that sets the bit on everything.
            file.chmod(0o700)
        for folder in (source.folder, root / "runtime/shared"):
            (folder / "__pycache__").mkdir()
            (folder / "__pycache__" / "handler.cpython-311.pyc").write_bytes(os.urandom(64))
            (folder / "tests").mkdir()
            (folder / "tests" / "test_order.py").write_text("assert True\n")
            (folder / ".DS_Store").write_bytes(b"\0")
        return source

    return lay


@pytest.fixture
def locked_project(tmp_path: Path, project: Project) -> Callable[..., ZipSource]:
    """The project with requirements from wheels beside it, locked; needs no registry.

    Its argument are the lines of requirements.txt; wheels are found in the folder `wheels`.
    """

    def lay(*requirements: str) -> ZipSource:
        source = project(tmp_path / "project")
        where = "--no-index\n--find-links ../../../../wheels\n"
        (source.folder / "requirements.txt").write_text(where + "\n".join(requirements) + "\n")
        write_lock(source.folder)
        return source

    return lay


@pytest.fixture(scope="session")
def locked_requirements(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A real requirements.txt and its real lock; needs the registry."""
    folder = tmp_path_factory.mktemp("locked")
    (folder / "requirements.txt").write_text("iniconfig==2.1.0\nboto3==1.43.106\n")
    write_lock(folder)
    return {file.name: file.read_text() for file in folder.iterdir()}
