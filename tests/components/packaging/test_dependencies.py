"""From requirements.txt over the lock into the zip, with one small pure Python package."""

import dataclasses
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource
from pulumi_rampart.packaging.__main__ import main
from pulumi_rampart.packaging.errors import (
    BuildError,
    DuplicateFileError,
    MissingLockError,
    StaleLockError,
)

Project = Callable[[Path], ZipSource]
ARM = Target("arm64", "3.13")


def _require(source: ZipSource, requirements: dict[str, str]) -> ZipSource:
    for name, text in requirements.items():
        (source.folder / name).write_text(text)
    return source


@pytest.mark.registry
def test_dependencies_lie_at_the_root_of_the_same_bytes_everywhere(
    tmp_path: Path,
    project: Project,
    messy_project: Project,
    locked_requirements: dict[str, str],
) -> None:
    # given
    one = _require(project(tmp_path / "one"), locked_requirements)
    two = _require(messy_project(tmp_path / "deeper" / "two"), locked_requirements)

    # when
    first = packaging.build(one, ARM, tmp_path / "cache-1").path
    second = packaging.build(two, ARM, tmp_path / "cache-2").path

    # then
    assert first.read_bytes() == second.read_bytes()
    names = zipfile.ZipFile(first).namelist()
    assert {"iniconfig/__init__.py", "runtime/shop/order/handler.py"} <= set(names)
    assert not [name for name in names if name.endswith((".pyc", "/RECORD", "/INSTALLER"))]
    assert not [name for name in names if name.startswith("runtime") and "requirements" in name]


@pytest.mark.registry
def test_a_cache_named_by_a_relative_path_gets_the_dependencies_too(
    tmp_path: Path,
    project: Project,
    locked_requirements: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    source = _require(project(tmp_path), locked_requirements)
    monkeypatch.chdir(tmp_path)

    # when
    built = packaging.build(source, ARM, Path(".rampart/packages")).path

    # then
    assert "iniconfig/__init__.py" in zipfile.ZipFile(built).namelist()


@pytest.mark.registry
def test_the_lock_has_hashes_and_leaves_out_what_the_lambda_runtime_brings(
    locked_requirements: dict[str, str],
) -> None:
    # given
    lock = locked_requirements["requirements.lock"]

    # then
    assert "iniconfig==2.1.0 \\\n    --hash=sha256:" in lock
    assert "\nboto" not in lock
    assert "urllib3" not in lock


@pytest.mark.registry
def test_a_pinned_package_that_is_left_to_the_runtime_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    (tmp_path / "requirements.txt").write_text("iniconfig==2.1.0\nboto3==1.34.0\n")

    # when
    assert main(["lock", str(tmp_path)]) == 0

    # then
    said = "Left to the Lambda runtime: boto3==1.34.0"
    assert said in capsys.readouterr().out
    assert f"# {said}\n" in (tmp_path / "requirements.lock").read_text()


@pytest.mark.registry
def test_locking_again_changes_nothing(tmp_path: Path, locked_requirements: dict[str, str]) -> None:
    # given
    (tmp_path / "requirements.txt").write_text(locked_requirements["requirements.txt"])
    (tmp_path / "requirements.lock").write_text(locked_requirements["requirements.lock"])

    # when
    packaging.write_lock(tmp_path)

    # then
    assert (tmp_path / "requirements.lock").read_text() == locked_requirements["requirements.lock"]


@pytest.mark.registry
def test_a_lock_whose_hash_is_not_the_packages_is_refused(
    tmp_path: Path, project: Project, locked_requirements: dict[str, str]
) -> None:
    # given
    source = _require(project(tmp_path / "project"), locked_requirements)
    forged = locked_requirements["requirements.lock"].split("    --hash")[0]
    forged += "    --hash=sha256:" + "0" * 64 + "\n"
    (source.folder / "requirements.lock").write_text(forged)

    # when
    with pytest.raises(BuildError) as refused:
        packaging.build(source, ARM, tmp_path / "cache")

    # then
    assert "Installing the dependencies of order" in str(refused.value)
    assert "hash" in str(refused.value).lower()


@pytest.mark.registry
def test_a_dependency_with_the_name_of_our_file_is_refused(
    tmp_path: Path, project: Project, locked_requirements: dict[str, str]
) -> None:
    # given
    source = _require(project(tmp_path / "project"), locked_requirements)
    (tmp_path / "project" / "iniconfig").mkdir()
    (tmp_path / "project" / "iniconfig" / "__init__.py").write_text("ours = True\n")
    source = dataclasses.replace(source, include=(Path("iniconfig"),))

    # when
    with pytest.raises(DuplicateFileError) as refused:
        packaging.build(source, ARM, tmp_path / "cache")

    # then
    assert "iniconfig/__init__.py" in str(refused.value)


@pytest.mark.registry
def test_requirements_that_exclude_each_other_fail_with_the_resolvers_words(
    tmp_path: Path,
) -> None:
    # given
    (tmp_path / "requirements.txt").write_text("iniconfig==2.1.0\niniconfig==2.0.0\n")

    # when
    with pytest.raises(BuildError) as refused:
        packaging.write_lock(tmp_path)

    # then
    assert "iniconfig==2.0.0" in str(refused.value)
    assert not (tmp_path / "requirements.lock").exists()


def test_a_forgotten_lock_is_an_error_that_names_the_command(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = _require(project(tmp_path), {"requirements.txt": "iniconfig==2.1.0\n"})

    # when
    with pytest.raises(MissingLockError) as refused:
        packaging.digest(source, ARM)

    # then
    assert f"python -m pulumi_rampart.packaging lock {source.folder}" in str(refused.value)


@pytest.mark.registry
def test_a_lock_of_other_requirements_is_an_error(
    tmp_path: Path, project: Project, locked_requirements: dict[str, str]
) -> None:
    # given
    source = _require(project(tmp_path), locked_requirements)

    # when
    (source.folder / "requirements.txt").write_text("iniconfig==2.0.0\n")

    # then
    with pytest.raises(StaleLockError, match="changed after its lock was written"):
        packaging.digest(source, ARM)


@pytest.mark.registry
def test_a_comment_in_the_requirements_keeps_the_lock_valid(
    tmp_path: Path, project: Project, locked_requirements: dict[str, str]
) -> None:
    # given
    source = _require(project(tmp_path), locked_requirements)
    before = packaging.digest(source, ARM)

    # when
    requirements = source.folder / "requirements.txt"
    requirements.write_text(f"# Reads ini files.\n\n{requirements.read_text()}")

    # then
    assert packaging.digest(source, ARM) == before


@pytest.mark.registry
def test_another_lock_changes_the_digest(
    tmp_path: Path, project: Project, locked_requirements: dict[str, str]
) -> None:
    # given
    source = _require(project(tmp_path), locked_requirements)
    before = packaging.digest(source, ARM)

    # when
    lock = source.folder / "requirements.lock"
    lock.write_text(lock.read_text() + "typing-extensions==4.16.0\n")

    # then
    assert packaging.digest(source, ARM) != before


@pytest.mark.registry
def test_constraints_decide_where_the_requirements_leave_a_choice(tmp_path: Path) -> None:
    # given
    function = tmp_path / "function"
    function.mkdir()
    (function / "requirements.txt").write_text("iniconfig\n")
    (tmp_path / "requirements.lock").write_text("iniconfig==2.0.0\nunused==1.0\n")

    # when
    lock = packaging.write_lock(function, constraints=tmp_path / "requirements.lock").read_text()

    # then
    assert "iniconfig==2.0.0" in lock
    assert str(tmp_path) not in lock
