"""What is read when locking is read when building, or refused when locking; no registry."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource
from pulumi_rampart.packaging.errors import BuildError, DependencyFileError
from tests.components.packaging.wheel_files import hash_option, write_index, write_wheel

Project = Callable[[Path], ZipSource]
LockedProject = Callable[..., ZipSource]
ARM = Target("arm64", "3.13")


@pytest.fixture(autouse=True)
def wheel(tmp_path: Path) -> Path:
    return write_wheel(tmp_path / "wheels", "stars", {"stars.py": "first = 1\n"})


def held(source: ZipSource, cache: Path) -> set[str]:
    with zipfile.ZipFile(packaging.build(source, ARM, cache).path) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "base",
    ["--no-index\n--find-links wheels\n", "--no-index\n-f wheels\n", "--no-index\n-f ./wheels"],
)
def test_a_folder_of_wheels_that_an_included_file_names_is_found_when_building(
    tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    # given: named from the file that names it
    source = project(tmp_path / "project")
    (tmp_path / "base.txt").write_text(base)
    (source.folder / "requirements.txt").write_text("-r ../../../../base.txt\nstars\n")
    packaging.write_lock(source.folder)

    # when: built from anywhere, into anywhere
    monkeypatch.chdir("/")
    names = held(source, tmp_path / "cache")

    # then
    assert "stars.py" in names
    assert str(tmp_path) not in (source.folder / "requirements.lock").read_text()


@pytest.mark.parametrize("option", ["--index-url ", "-i ", "--extra-index-url="])
def test_an_index_is_asked_when_building_too(
    tmp_path: Path, project: Project, wheel: Path, option: str
) -> None:
    # given
    source = project(tmp_path / "project")
    address = write_index(tmp_path / "index", "stars", {wheel.name: wheel})
    (source.folder / "requirements.txt").write_text(f"{option}{address}\nstars==1.0\n")

    # when
    packaging.write_lock(source.folder)

    # then: building sees nothing but the lock
    assert "stars.py" in held(source, tmp_path / "cache")


def test_a_word_for_a_secret_in_an_address_is_not_expanded(
    tmp_path: Path, project: Project, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given: uv expands ${NAME} when it reads a requirement file
    source = project(tmp_path / "project")
    address = write_index(tmp_path / "secret" / "index", "stars", {wheel.name: wheel})
    monkeypatch.setenv("TOKEN", "secret")
    hidden = address.replace("secret", "${TOKEN}")
    (source.folder / "requirements.txt").write_text(f"--index-url {hidden}\nstars==1.0\n")

    # when
    lock = packaging.write_lock(source.folder).read_text()

    # then
    assert f"--index-url {hidden}\n" in lock
    assert "secret" not in lock
    assert "stars.py" in held(source, tmp_path / "cache")


def test_indexes_in_the_settings_of_uv_are_read_when_building_too(
    tmp_path: Path, project: Project
) -> None:
    # given: settings of the program, and a cache that lies elsewhere
    source = project(tmp_path / "project")
    settings = f'[tool.uv]\nno-index = true\nfind-links = ["{tmp_path / "wheels"}"]\n'
    (tmp_path / "project/pyproject.toml").write_text(settings)
    (source.folder / "requirements.txt").write_text("stars\n")
    packaging.write_lock(source.folder)

    # then
    assert "stars.py" in held(source, tmp_path / "elsewhere" / "cache")


@pytest.mark.parametrize("line", ["../../../../wheels/{}", "stars @ ../../../../wheels/{}"])
def test_a_wheel_beside_the_project_is_installed_by_its_hash(
    tmp_path: Path, locked_project: LockedProject, wheel: Path, line: str
) -> None:
    # given
    source = locked_project(line.format(wheel.name))
    assert "stars.py" in held(source, tmp_path / "cache")

    # when
    write_wheel(tmp_path / "wheels", "stars", {"stars.py": "second = 2\n"})

    # then
    with pytest.raises(BuildError, match=r"[Hh]ash"):
        held(source, tmp_path / "other cache")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("-e ../lib", "only wheels are installed"),
        ("--editable ../lib", "only wheels are installed"),
        ("../lib", "only wheels are installed"),
        ("./lib", "only wheels are installed"),
        ("lib @ ../lib", "only wheels are installed"),
        ("stars-1.0.tar.gz", "only wheels are installed"),
        ("lib @ https://example.com/lib-1.0.tar.gz", "only wheels are installed"),
        ("git+https://example.com/lib", "only wheels are installed"),
        ("lib @ git+ssh://git@example.com/lib.git@v1", "only wheels are installed"),
        ("stars @ file:///srv/wheels/stars-1.0-py3-none-any.whl", "a place on this machine"),
        ("/srv/wheels/stars-1.0-py3-none-any.whl", "a place on this machine"),
        ("--no-binary :all:", "only wheels are installed"),
        ("--pre", "pin the version"),
        ("--trusted-host packages.example", "remove the line"),
        ("-r https://example.com/base.txt", "from the network"),
        ("-c https://example.com/limits.txt", "from the network"),
    ],
)
def test_what_would_not_hold_when_building_is_refused_when_locking(
    tmp_path: Path, project: Project, line: str, reason: str
) -> None:
    # given: in an included file, where it is refused too
    source = project(tmp_path)
    (source.folder / "requirements.txt").write_text("-r base.txt\n")
    (source.folder / "base.txt").write_text(f"{line}\n")

    # when
    with pytest.raises(DependencyFileError) as refused:
        packaging.write_lock(source.folder)

    # then
    assert f"{source.folder / 'base.txt'}: `{line}`" in str(refused.value)
    assert reason in str(refused.value)
    assert not (source.folder / "requirements.lock").exists()


@pytest.mark.parametrize("line", ["--require-hashes", "--prefer-binary", "--only-binary :all:"])
def test_what_holds_anyway_may_be_asked_for(
    tmp_path: Path, locked_project: LockedProject, line: str
) -> None:
    assert "stars.py" in held(locked_project(line, "stars==1.0"), tmp_path / "cache")


def test_a_requirements_own_hash_that_is_wrong_is_refused(
    tmp_path: Path, project: Project, wheel: Path
) -> None:
    # given
    source = project(tmp_path / "project")
    address = write_index(tmp_path / "index", "stars", {wheel.name: wheel})
    wrong = "--hash=sha256:" + "0" * 64
    (source.folder / "requirements.txt").write_text(f"-i {address}\nstars==1.0 {wrong}\n")

    # when
    with pytest.raises(BuildError) as refused:
        packaging.write_lock(source.folder)

    # then
    assert "stars==1.0 has no file with sha256:000" in str(refused.value)


@pytest.mark.parametrize("wrong", ["sha256:" + "0" * 64, "sha512:" + "0" * 128])
def test_an_own_hash_that_only_the_installer_can_check_is_kept_for_it(
    tmp_path: Path, locked_project: LockedProject, wrong: str
) -> None:
    # given: a folder of wheels says no hashes
    source = locked_project(f"stars==1.0 --hash={wrong}")
    assert f"--hash={wrong}\n" in (source.folder / "requirements.lock").read_text()

    # then
    with pytest.raises(BuildError, match=r"[Hh]ash"):
        held(source, tmp_path / "cache")


@pytest.mark.parametrize("chosen", [0, 1])
def test_a_requirements_own_hash_is_the_only_one_in_the_lock_and_can_be_another_later(
    tmp_path: Path, project: Project, wheel: Path, chosen: int
) -> None:
    # given: two files of one version
    source = project(tmp_path / "project")
    other = write_wheel(tmp_path / "other", "stars", {"other.py": ""})
    files = {wheel.name: wheel, "stars-1.0-py2.py3-none-any.whl": other}
    address = write_index(tmp_path / "index", "stars", files)
    hashes = [hash_option(wheel), hash_option(other)]

    def lock(requirement: str) -> str:
        (source.folder / "requirements.txt").write_text(f"-i {address}\n{requirement}\n")
        return packaging.write_lock(source.folder).read_text()

    # then: all, one, and the other although the lock that is there does not have it
    assert all(one in lock("stars==1.0") for one in hashes)
    for index in (1 - chosen, chosen):
        text = lock(f"stars==1.0 \\\n    {hashes[index]}")
        assert hashes[index] in text
        assert hashes[1 - index] not in text
    assert ["stars.py", "other.py"][chosen] in held(source, tmp_path / "cache")
