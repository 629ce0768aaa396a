"""Dependencies that are not in a requirements.txt: built from, or an error that says what to do."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource
from pulumi_rampart.packaging.errors import (
    DependencyFileError,
    MissingLockError,
    SourceError,
    StaleLockError,
)
from tests.components.packaging.wheel_files import write_wheel

Project = Callable[[Path], ZipSource]
ARM = Target("arm64", "3.13")

PROJECT = """
[project]
name = "order"
version = "1"
requires-python = ">=3.11"
dependencies = [{}]

[tool.uv]
no-index = true
find-links = ["../../../../wheels"]
"""
UV_LOCK = """
version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "order"
version = "1"
source = {{ virtual = "." }}
dependencies = [{{ name = "stars" }}]

[[package]]
name = "stars"
version = "{}"
source = {{ registry = "../../../../wheels" }}
wheels = [{{ path = "stars-{}-py3-none-any.whl" }}]
"""


@pytest.fixture
def source(tmp_path: Path, project: Project) -> ZipSource:
    """The project beside a folder with two versions of a wheel."""
    for version in ("1.0", "2.0"):
        write_wheel(tmp_path / "wheels", "stars", {"stars.py": version}, version=version)
    return project(tmp_path / "project")


def held(source: ZipSource, cache: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(packaging.build(source, ARM, cache).path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pyproject_is_locked_and_built_from(tmp_path: Path, source: ZipSource) -> None:
    # given
    project = source.folder / "pyproject.toml"
    project.write_text(PROJECT.format('"stars"'))
    with pytest.raises(MissingLockError, match=r"order/pyproject.toml has no requirements.lock"):
        packaging.digest(source, ARM)

    # when
    packaging.write_lock(source.folder)

    # then
    assert held(source, tmp_path / "cache")["stars.py"] == b"2.0"
    assert "runtime/shop/order/pyproject.toml" not in source.files()
    project.write_text(PROJECT.format('"stars<2"'))
    with pytest.raises(StaleLockError, match=r"pyproject.toml changed"):
        packaging.digest(source, ARM)


def test_a_pyproject_is_built_with_the_versions_of_its_uv_lock(
    tmp_path: Path, source: ZipSource
) -> None:
    # given: an older version than there is
    (source.folder / "pyproject.toml").write_text(PROJECT.format('"stars"'))
    uv_lock = source.folder / "uv.lock"
    uv_lock.write_text(UV_LOCK.format("1.0", "1.0"))

    # when
    lock = packaging.write_lock(source.folder)

    # then
    assert held(source, tmp_path / "cache")["stars.py"] == b"1.0"
    assert "tmp" not in lock.read_text()
    uv_lock.write_text(UV_LOCK.format("2.0", "2.0"))
    with pytest.raises(StaleLockError, match=r": uv.lock\. Run"):
        packaging.digest(source, ARM)


def test_a_pyproject_of_tools_only_asks_for_nothing(source: ZipSource) -> None:
    # given
    before = packaging.digest(source, ARM)

    # when
    (source.folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")

    # then
    assert packaging.digest(source, ARM) == before


def test_a_requirements_txt_goes_before_a_pyproject(tmp_path: Path, source: ZipSource) -> None:
    # given
    (source.folder / "pyproject.toml").write_text(PROJECT.format('"stars==2.0"'))
    (source.folder / "requirements.txt").write_text("stars==1.0\n")

    # when
    packaging.write_lock(source.folder)

    # then
    assert held(source, tmp_path / "cache")["stars.py"] == b"1.0"


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("poetry.lock", "", "poetry export"),
        ("Pipfile.lock", "{}", "pipenv requirements"),
        ("Pipfile", "", "pipenv lock"),
        ("pdm.lock", "", "pdm export"),
        ("pylock.toml", "", "into a requirements.txt"),
        ("uv.lock", "version = 1", "no pyproject.toml beside it"),
        ("requirements.in", "stars", "rename it"),
        ("requirements.lock", "stars==1.0", "no requirements.txt beside it"),
        ("environment.yml", "dependencies:\n- stars\n", "into a requirements.txt"),
        ("setup.py", "setup(install_requires=['stars'])", "into a requirements.txt"),
        ("setup.cfg", "[options]\ninstall_requires = stars\n", "into a requirements.txt"),
        ("pyproject.toml", '[tool.poetry.dependencies]\nstars = "1"\n', "poetry export"),
        ("pyproject.toml", '[project]\nname = "x"\ndynamic = ["dependencies"]\n', "List them"),
        ("pyproject.toml", "[project", "is not TOML"),
    ],
)
def test_dependencies_that_nobody_would_install_are_an_error_with_what_to_do(
    source: ZipSource, name: str, content: str, remedy: str
) -> None:
    # given
    (source.folder / name).write_text(content)

    # then: both when locking and when building
    for ask in (lambda: packaging.digest(source, ARM), lambda: packaging.write_lock(source.folder)):
        with pytest.raises((DependencyFileError, SourceError)) as refused:
            ask()
        assert str(source.folder / name) in str(refused.value)
        assert remedy in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.cfg", "[flake8]\nmax-line-length = 100\n"),
        ("environment.yml", "stage: dev\n"),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.13"\n'),
    ],
)
def test_a_file_that_only_has_the_name_is_no_error(
    source: ZipSource, name: str, content: str
) -> None:
    # given
    (source.folder / name).write_text(content)

    # then
    packaging.digest(source, ARM)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("included", [False, True])
def test_requirements_in_another_encoding_are_named(
    source: ZipSource, encoding: str, *, included: bool
) -> None:
    # given
    folder = source.folder
    text = "stars==1.0 # für Sterne\n"
    (folder / "requirements.txt").write_text("-r base.txt\n" if included else "")
    named = folder / ("base.txt" if included else "requirements.txt")
    named.write_bytes(text.encode(encoding))
    (folder / "requirements.lock").write_text("")

    # then
    for ask in (lambda: packaging.digest(source, ARM), lambda: packaging.write_lock(folder)):
        with pytest.raises(SourceError, match=rf"{named.name} is not UTF-8"):
            ask()


def test_a_byte_order_mark_is_no_part_of_the_first_requirement(
    tmp_path: Path, source: ZipSource
) -> None:
    # given
    requirements = source.folder / "requirements.txt"
    text = "stars==1.0\n--no-index\n--find-links ../../../../wheels\n"
    requirements.write_text(text, encoding="utf-8-sig")
    packaging.write_lock(source.folder)

    # then
    assert held(source, tmp_path / "cache")["stars.py"] == b"1.0"
    requirements.write_text(text)
    packaging.digest(source, ARM)


def test_nothing_is_asked_for_by_an_empty_requirements_txt(
    tmp_path: Path, source: ZipSource
) -> None:
    # given
    bare = held(source, tmp_path / "cache")
    (source.folder / "requirements.txt").write_text("# nothing yet\n")

    # when
    packaging.write_lock(source.folder)

    # then
    assert held(source, tmp_path / "cache") == bare
