"""A lock is stale as soon as anything that it was made of says something else; no registry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource
from pulumi_rampart.packaging.errors import StaleLockError
from pulumi_rampart.packaging.requirements import pinned
from tests.components.packaging.wheel_files import hash_option, write_wheel

Project = Callable[[Path], ZipSource]
LockedProject = Callable[..., ZipSource]
ARM = Target("arm64", "3.13")


@pytest.fixture(autouse=True)
def wheels(tmp_path: Path) -> Path:
    for version in ("1.0", "2.0"):
        write_wheel(tmp_path / "wheels", "stars", {"stars.py": version}, version=version)
        write_wheel(tmp_path / "wheels", "moon", {"moon.py": version}, version=version)
    return tmp_path / "wheels"


def staleness(source: ZipSource) -> str:
    with pytest.raises(StaleLockError) as refused:
        packaging.digest(source, ARM)
    return str(refused.value)


@pytest.mark.parametrize("option", ["-r {}", "-c {}", "--requirement={}", "--constraint  {}"])
@pytest.mark.parametrize("deep", [False, True])
def test_an_edit_of_an_included_file_makes_the_lock_stale(
    tmp_path: Path, locked_project: LockedProject, option: str, *, deep: bool
) -> None:
    # given
    function = tmp_path / "project/runtime/shop/order"
    function.mkdir(parents=True)
    (function / "base.txt").write_text("-c ../limits.txt\n" if deep else "stars==1.0\n")
    (function.parent / "limits.txt").write_text("stars==1.0\n")
    source = locked_project(option.format("base.txt"), "stars")
    before = packaging.digest(source, ARM)
    edited = function.parent / "limits.txt" if deep else function / "base.txt"

    # when
    edited.write_text("# a comment\n\nstars==1.0\n")
    comment = packaging.digest(source, ARM) if deep else before
    edited.write_text("stars==2.0\n")

    # then
    assert comment == before
    assert edited.name in staleness(source)
    packaging.write_lock(source.folder)
    assert packaging.digest(source, ARM) != before


def test_an_edit_of_the_constraints_of_a_package_makes_the_lock_stale_and_others_do_not(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    source = locked_project("stars")
    limits = tmp_path / "project/limits.txt"
    limits.write_text("stars==1.0\nmoon==1.0\n")
    lock = packaging.write_lock(source.folder, constraints=limits)
    assert "stars==1.0" in lock.read_text()
    before = packaging.digest(source, ARM)

    # when
    limits.write_text("stars==1.0\nmoon==2.0\nunheard-of==3\n")
    neighbours = packaging.digest(source, ARM)
    limits.write_text("stars==2.0\nmoon==2.0\n")

    # then
    assert neighbours == before
    message = staleness(source)
    assert "constraints ../../../limits.txt" in message
    assert f"lock {source.folder} --constraints {limits}" in message


def test_constraints_that_went_away_are_named(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    source = locked_project("stars")
    limits = tmp_path / "project/limits.txt"
    limits.write_text("stars==1.0\n")
    packaging.write_lock(source.folder, constraints=limits)

    # when
    limits.unlink()

    # then
    assert f"was written with {limits}, which is not there" in staleness(source)


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.toml"])
def test_an_edit_of_uvs_settings_makes_the_lock_stale(
    tmp_path: Path, locked_project: LockedProject, name: str
) -> None:
    # given
    source = locked_project("stars")
    settings = tmp_path / "project" / name
    head = "[tool.uv]\n" if name == "pyproject.toml" else ""

    # when
    settings.write_text(f'{head}constraint-dependencies = ["stars<2"]\n')

    # then: as uv itself reads them
    assert f"settings of uv in ../../../{name}" in staleness(source)
    lock = packaging.write_lock(source.folder)
    assert "stars==1.0" in lock.read_text()
    packaging.digest(source, ARM)


def test_other_tables_of_a_pyproject_do_not_matter(
    tmp_path: Path, locked_project: LockedProject
) -> None:
    # given
    source = locked_project("stars")
    before = packaging.digest(source, ARM)

    # when
    (tmp_path / "project/pyproject.toml").write_text("[tool.ruff]\nline-length = 80\n")

    # then
    assert packaging.digest(source, ARM) == before


def test_hashes_that_change_places_make_the_lock_stale(
    locked_project: LockedProject, wheels: Path
) -> None:
    # given: continued lines belong together, although their order is free
    one, two = (hash_option(wheels / f"{name}-1.0-py3-none-any.whl") for name in ("moon", "stars"))
    source = locked_project(f"moon==1.0 \\\n    {one}", f"stars==1.0 \\\n    {two}")
    packaging.digest(source, ARM)

    # when
    requirements = source.folder / "requirements.txt"
    text = requirements.read_text()
    requirements.write_text(text.replace(one, "x").replace(two, one).replace("x", two))

    # then
    assert "requirements.txt changed after its lock was written" in staleness(source)


def test_a_hash_sign_begins_a_comment_only_after_a_space() -> None:
    # when
    (one,) = pinned("stars @ https://example.com/stars-1.0.whl#sha256=aa  # why\n")

    # then: otherwise nobody would notice another fragment
    assert one.text == "stars @ https://example.com/stars-1.0.whl#sha256=aa"


@pytest.mark.parametrize("line", ["# a comment", "", "   # another"])
def test_comments_in_the_lock_do_not_change_the_zip(
    locked_project: LockedProject, line: str
) -> None:
    # given
    source = locked_project("stars")
    before = packaging.digest(source, ARM)

    # when
    lock = source.folder / "requirements.lock"
    lock.write_text(f"{lock.read_text()}{line}\n")

    # then
    assert packaging.digest(source, ARM) == before


def test_a_missing_included_file_is_named(tmp_path: Path, project: Project) -> None:
    # given
    source = project(tmp_path)
    (source.folder / "requirements.txt").write_text("-r base.txt\n")
    (source.folder / "requirements.lock").write_text("")

    # then
    with pytest.raises(packaging.SourceError, match=r"includes .*order/base.txt, which is not"):
        packaging.digest(source, ARM)
