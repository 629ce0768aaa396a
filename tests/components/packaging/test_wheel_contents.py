"""Whatever a wheel installs is in the zip, and nothing else."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource
from pulumi_rampart.packaging.errors import DuplicateFileError
from tests.components.packaging.wheel_files import write_wheel

LockedProject = Callable[..., ZipSource]
ARM = Target("arm64", "3.13")

FILES = {
    "stars/__init__.py": "from stars import tests\n",
    "stars/tests/__init__.py": "",
    "stars/tests/data/alias.cfg": "[a]\n",
    "stars/.hidden/settings": "1",
    "stars/__pycache__/fast.cpython-313.pyc": b"bytecode",
    "stars/node_modules/index.js": "",
    "stars/tool": "#!/bin/sh\n",
    "tests/test_stars.py": "",
    ".well-known/stars": "1",
    "stars-1.0.dist-info/licenses/LICENSE": "free\n",
    "stars-1.0.dist-info/entry_points.txt": "[console_scripts]\nStars = stars:main\n",
    "stars-1.0.data/scripts/star-binary": b"\x7fELF",
    "stars-1.0.data/scripts/star-script": "#!python\nprint(1)\n",
    "stars-1.0.data/scripts/star-shell": "#!/bin/sh\necho 1\n",
    "stars-1.0.data/data/share/stars.txt": "1",
}


def unpacked(source: ZipSource, cache: Path, target: Target = ARM) -> dict[str, bytes]:
    """Build; name of what is not ours -> content."""
    with zipfile.ZipFile(packaging.build(source, target, cache).path) as archive:
        names = (name for name in archive.namelist() if not name.startswith("runtime/"))
        return {name: archive.read(name) for name in names}


def test_every_file_that_a_wheel_installs_is_in_the_zip(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    wheel = write_wheel(tmp_path / "wheels", "stars", FILES)
    source = locked_project("stars==1.0")

    # when
    held = unpacked(source, tmp_path / "cache")

    # then: where the wheel format says that its files are installed, and no note of the installer
    moved = {"stars-1.0.data/scripts/": "bin/", "stars-1.0.data/data/": ""}
    expected = set(zipfile.ZipFile(wheel).namelist()) - {"stars-1.0.dist-info/RECORD"}
    for before, after in moved.items():
        expected = {name.replace(before, after) for name in expected}
    assert held.keys() == expected
    assert held["stars/__pycache__/fast.cpython-313.pyc"] == b"bytecode"


def test_executables_of_a_wheel_stay_executable(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    write_wheel(tmp_path / "wheels", "stars", FILES, executables=("stars/tool",))

    # when
    built = packaging.build(locked_project("stars==1.0"), ARM, tmp_path / "cache").path

    # then
    with zipfile.ZipFile(built) as archive:
        executable = {one.filename for one in archive.infolist() if one.external_attr >> 16 & 0o111}
    assert executable == {"stars/tool", "bin/star-binary", "bin/star-script", "bin/star-shell"}


@pytest.mark.parametrize("target", [ARM, Target.this_machine()])
def test_scripts_name_no_interpreter_of_the_machine_that_built(
    tmp_path: Path, locked_project: LockedProject, target: Target
) -> None:
    # given
    write_wheel(tmp_path / "wheels", "stars", FILES)

    # when
    held = unpacked(locked_project("stars==1.0"), tmp_path / "cache", target)

    # then
    assert held["bin/star-script"] == b"#!/usr/bin/env python3\nprint(1)\n"
    assert held["bin/star-shell"] == b"#!/bin/sh\necho 1\n"
    assert held["bin/star-binary"] == b"\x7fELF"
    assert "bin/Stars" not in held


def test_two_wheels_that_bring_one_file_are_refused_by_name(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    write_wheel(tmp_path / "wheels", "moon", {"shared/words.py": "moon = 1\n"})
    write_wheel(tmp_path / "wheels", "stars", {"shared/words.py": "stars = 1\n"})
    source = locked_project("moon", "stars")

    # when
    with pytest.raises(DuplicateFileError) as refused:
        packaging.build(source, ARM, tmp_path / "cache")

    # then
    assert "moon-1.0 and stars-1.0 both bring shared/words.py" in str(refused.value)
    assert list((tmp_path / "cache").iterdir()) == []


def test_two_wheels_may_share_a_file_that_is_the_same_in_both(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given: as packages of one namespace do with its __init__.py
    for name in ("moon", "stars"):
        write_wheel(tmp_path / "wheels", name, {"sky/__init__.py": "", f"sky/{name}.py": ""})

    # when
    held = unpacked(locked_project("moon", "stars"), tmp_path / "cache")

    # then
    assert {"sky/__init__.py", "sky/moon.py", "sky/stars.py"} <= held.keys()


def test_an_included_folders_own_requirements_are_installed(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    for name in ("moon", "stars"):
        write_wheel(tmp_path / "wheels", name, {f"{name}.py": ""})
    source = locked_project("stars==1.0")
    shared = source.root / "runtime/shared"
    (shared / "requirements.txt").write_text("--no-index\n--find-links ../../../wheels\nmoon\n")

    # then: first the error of every folder with requirements, then the packages
    with pytest.raises(packaging.MissingLockError, match=r"shared/requirements.txt has no"):
        packaging.digest(source, ARM)
    packaging.write_lock(shared)
    assert {"moon.py", "stars.py"} <= unpacked(source, tmp_path / "cache").keys()


def test_included_folders_that_want_different_versions_are_refused(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    for version in ("1.0", "2.0"):
        write_wheel(tmp_path / "wheels", "stars", {"stars.py": version}, version=version)
    source = locked_project("stars==1.0")
    shared = source.root / "runtime/shared"
    (shared / "requirements.txt").write_text("--no-index\n--find-links ../../../wheels\nstars==2.0")
    packaging.write_lock(shared)

    # then
    with pytest.raises(packaging.BuildError, match=r"stars==1.0(.|\n)*stars==2.0"):
        packaging.build(source, ARM, tmp_path / "cache")
