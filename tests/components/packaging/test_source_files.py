"""Which files of ours are in a zip, from any folder and however they lie there."""

import dataclasses
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource
from pulumi_rampart.packaging.errors import SourceError

Project = Callable[[Path], ZipSource]
ARM = Target("arm64", "3.13")


def modes(source: ZipSource, cache: Path) -> dict[str, int]:
    """Build; name in the zip -> permission bits."""
    with zipfile.ZipFile(packaging.build(source, ARM, cache).path) as archive:
        return {one.filename: one.external_attr >> 16 for one in archive.infolist()}


@pytest.mark.parametrize("root", ["project", "./project/", "elsewhere/../project", "absolute"])
@pytest.mark.parametrize("source", ["below the root", "absolute", "with dots"])
def test_a_folder_is_the_same_from_every_root(
    tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch, root: str, source: str
) -> None:
    # given
    expected = packaging.digest(project(tmp_path / "project"), ARM)
    monkeypatch.chdir(tmp_path)
    folder = {
        "below the root": Path("runtime/shop/order"),
        "absolute": tmp_path / "project/runtime/shop/order",
        "with dots": Path("runtime/shop/pay/../order"),
    }[source]
    top = tmp_path / "project" if root == "absolute" else Path(root)

    # when
    written = ZipSource(top, folder, (Path("runtime/shared"),))

    # then
    assert packaging.digest(written, ARM) == expected
    assert written.package == "runtime.shop.order"
    assert written.label == "order"


def test_the_root_itself_can_be_the_function(tmp_path: Path) -> None:
    # given
    (tmp_path / "handler.py").write_text("")

    # when
    source = ZipSource(tmp_path, Path())

    # then
    assert list(source.files()) == ["handler.py"]
    assert source.package == ""


def test_a_root_behind_a_link_has_the_same_files(tmp_path: Path, project: Project) -> None:
    # given
    real = project(tmp_path / "project")
    (tmp_path / "link").symlink_to("project")

    # when
    mixed = ZipSource(tmp_path / "link", real.folder, (Path("runtime/shared"),))

    # then
    assert packaging.digest(mixed, ARM) == packaging.digest(real, ARM)


def test_a_linked_folder_and_a_linked_file_are_in_the_zip_under_their_own_names(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path / "project")
    outside = tmp_path / "outside"
    (outside / "deeper").mkdir(parents=True)
    (outside / "deeper" / "words.py").write_text("first = 1\n")
    (source.folder / "linked").symlink_to(outside)
    (source.folder / "one.py").symlink_to(outside / "deeper" / "words.py")

    # when
    before = packaging.digest(source, ARM)
    names = source.files().keys()

    # then
    assert {"runtime/shop/order/linked/deeper/words.py", "runtime/shop/order/one.py"} <= names
    (outside / "deeper" / "words.py").write_text("second = 2\n")
    assert packaging.digest(source, ARM) != before


@pytest.mark.parametrize("target", ["nowhere", "../order", ".", "loop"])
def test_a_link_that_leads_nowhere_or_in_a_circle_is_named(
    tmp_path: Path, project: Project, target: str
) -> None:
    # given
    source = project(tmp_path)
    (source.folder / "loop").symlink_to(target)

    # when
    with pytest.raises(SourceError) as refused:
        source.files()

    # then: which is never an endless walk
    assert str(source.folder / "loop") in str(refused.value)


def test_an_executable_stays_executable_and_making_it_one_changes_the_digest(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path / "project")
    tool = source.folder / "tool"
    tool.write_bytes(b"\x7fELF")
    script = source.folder / "script.py"
    script.write_text("#!/usr/bin/env python3\n")
    before = packaging.digest(source, ARM)

    # when
    tool.chmod(0o755)
    script.chmod(0o700)

    # then
    assert packaging.digest(source, ARM) != before
    executable = {name for name, mode in modes(source, tmp_path / "cache").items() if mode == 0o755}
    assert executable == {"runtime/shop/order/tool", "runtime/shop/order/script.py"}


@pytest.mark.parametrize("mark", ["pyvenv.cfg", "CACHEDIR.TAG", "conda-meta/history"])
def test_an_environment_or_a_cache_inside_the_source_is_left_out_whatever_its_name(
    tmp_path: Path, project: Project, mark: str
) -> None:
    # given
    source = project(tmp_path)
    before = packaging.digest(source, ARM)
    for name in (mark, "lib/python3.13/site-packages/boto3/__init__.py"):
        file = source.folder / "my environment" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")

    # then
    assert packaging.digest(source, ARM) == before


@pytest.mark.parametrize("folder", ["node_modules", "__pypackages__", ".git", ".venv", "deep/.git"])
def test_what_tools_leave_in_the_source_is_left_out(
    tmp_path: Path, project: Project, folder: str
) -> None:
    # given
    source = project(tmp_path)
    before = packaging.digest(source, ARM)
    (source.folder / folder).mkdir(parents=True)
    (source.folder / folder / "index.js").write_text("")

    # then
    assert packaging.digest(source, ARM) == before


@pytest.mark.parametrize("folder", ["tests/functions/hello", ".hidden/hello", "node_modules/hello"])
def test_what_is_named_is_shipped_wherever_it_lies(tmp_path: Path, folder: str) -> None:
    # given
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "handler.py").write_text("")

    # then
    assert list(ZipSource(tmp_path, Path(folder)).files()) == [f"{folder}/handler.py"]


def test_a_data_file_that_is_named_like_a_build_file_is_shipped(
    tmp_path: Path, project: Project
) -> None:
    # given: only those at the top of a named folder are the build's
    source = project(tmp_path)
    for folder in (source.folder, source.folder / "templates"):
        folder.mkdir(exist_ok=True)
        (folder / "requirements.lock").write_text("")
        (folder / "Dockerfile").write_text("")

    # when
    names = [name for name in source.files() if name.endswith((".lock", "Dockerfile"))]

    # then
    assert sorted(names) == [
        "runtime/shop/order/templates/Dockerfile",
        "runtime/shop/order/templates/requirements.lock",
    ]


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"caf\xe9/inside.txt"])
def test_a_name_that_is_not_utf8_is_named(tmp_path: Path, project: Project, name: bytes) -> None:
    # given
    source = project(tmp_path)
    file = Path(os.fsdecode(os.fsencode(source.folder) + b"/" + name))
    file.parent.mkdir(exist_ok=True)
    file.write_text("")

    # when
    with pytest.raises(SourceError) as refused:
        packaging.digest(source, ARM)

    # then
    assert r"caf\xe9" in str(refused.value)
    assert "not UTF-8" in str(refused.value)


def test_a_pipe_in_the_source_is_named_and_not_read(tmp_path: Path, project: Project) -> None:
    # given
    source = project(tmp_path)
    os.mkfifo(source.folder / "pipe")

    # then
    with pytest.raises(SourceError, match=r"order/pipe is neither a file nor a folder"):
        packaging.digest(source, ARM)


def test_an_included_file_is_shipped_alone(tmp_path: Path, project: Project) -> None:
    # given
    source = dataclasses.replace(project(tmp_path), include=(Path("runtime/shared/words.py"),))

    # then
    assert "runtime/shared/words.py" in source.files()
    assert "runtime/shared/__init__.py" in source.files()
    assert not [name for name in source.files() if name.startswith("runtime/shop/pay")]
