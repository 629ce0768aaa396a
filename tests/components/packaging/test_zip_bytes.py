"""The same content gives the same bytes; these need no registry, because nothing is installed."""

import dataclasses
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource, recipe
from pulumi_rampart.packaging.errors import SourceError, TooLargeError

Project = Callable[[Path], ZipSource]
ARM = Target("arm64", "3.13")
ROOT = Path(__file__).parents[3]


def test_two_machines_build_the_same_bytes(
    tmp_path: Path, project: Project, messy_project: Project
) -> None:
    # given
    tidy = project(tmp_path / "tidy")
    messy = messy_project(tmp_path / "elsewhere" / "messy")

    # when
    one = packaging.build(tidy, ARM, tmp_path / "cache-1")
    two = packaging.build(messy, ARM, tmp_path / "cache-2")

    # then
    assert one.digest == two.digest
    assert one.path.name == two.path.name
    assert one.path.read_bytes() == two.path.read_bytes()


def test_time_zone_locale_and_hash_seed_do_not_reach_the_bytes(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path / "project")
    here = packaging.build(source, ARM, tmp_path / "here").path
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "pulumi_rampart.packaging", "build", "runtime/shop/order"]
    places = ["--root", source.root, "--include", "runtime/shared", "--cache", tmp_path / "there"]

    # when
    subprocess.run([*command, *places], env={**os.environ, **strange}, cwd=ROOT, check=True)

    # then
    assert (tmp_path / "there" / here.name).read_bytes() == here.read_bytes()


def test_the_zip_holds_the_function_and_what_it_shares_and_nothing_else(
    tmp_path: Path, messy_project: Project
) -> None:
    # given
    source = messy_project(tmp_path)

    # when
    with zipfile.ZipFile(packaging.build(source, ARM, tmp_path / "cache").path) as archive:
        entries = archive.infolist()

    # then
    assert [entry.filename for entry in entries] == [
        "runtime/__init__.py",
        "runtime/shared/__init__.py",
        "runtime/shared/words.py",
        "runtime/shop/__init__.py",
        "runtime/shop/order/__init__.py",
        "runtime/shop/order/handler.py",
        "runtime/shop/order/order.schema.json",
    ]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr for entry in entries} == {0o644 << 16}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}


@pytest.mark.parametrize("edited", ["runtime/shop/order/handler.py", "runtime/shared/words.py"])
def test_an_edit_changes_the_digest(tmp_path: Path, project: Project, edited: str) -> None:
    # given
    source = project(tmp_path)
    before = packaging.digest(source, ARM)

    # when
    (tmp_path / edited).write_text("edited = True\n")

    # then
    assert packaging.digest(source, ARM) != before


def test_the_neighbours_edit_does_not_change_the_digest(tmp_path: Path, project: Project) -> None:
    # given
    source = project(tmp_path)
    before = packaging.digest(source, ARM)

    # when
    (tmp_path / "runtime/shop/pay/handler.py").write_text("edited = True\n")

    # then
    assert packaging.digest(source, ARM) == before


def test_a_renamed_file_changes_the_digest(tmp_path: Path, project: Project) -> None:
    # given
    source = project(tmp_path)
    before = packaging.digest(source, ARM)

    # when
    (source.folder / "handler.py").rename(source.folder / "handling.py")

    # then
    assert packaging.digest(source, ARM) != before


def test_each_target_has_its_own_digest(tmp_path: Path, project: Project) -> None:
    # given
    source = project(tmp_path)
    targets = [ARM, Target("x86_64"), Target("arm64", "3.12"), Target.this_machine()]

    # when
    digests = {packaging.digest(source, target) for target in targets}

    # then
    assert len(digests) == len(targets)


def test_a_new_recipe_has_a_new_digest(
    tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    source = project(tmp_path)
    before = packaging.digest(source, ARM)

    # when
    monkeypatch.setattr(recipe, "RECIPE_VERSION", "next")

    # then
    assert packaging.digest(source, ARM) != before


def test_what_is_in_the_cache_is_not_built_again(tmp_path: Path, project: Project) -> None:
    # given
    source = project(tmp_path / "project")
    first = packaging.build(source, ARM, tmp_path / "cache").path
    built_at = first.stat().st_mtime_ns

    # when
    second = packaging.build(source, ARM, tmp_path / "cache").path

    # then
    assert second == first
    assert second.stat().st_mtime_ns == built_at


def test_builders_side_by_side_agree_and_leave_only_the_zip(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path / "project")
    cache = tmp_path / "cache"
    start = threading.Barrier(8)
    built: list[bytes] = []

    def build() -> None:
        start.wait()
        built.append(packaging.build(source, ARM, cache).path.read_bytes())

    # when
    builders = [threading.Thread(target=build) for _ in range(8)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()

    # then
    assert len(built) == 8
    assert len(set(built)) == 1
    assert len(list(cache.iterdir())) == 1


def test_a_failed_build_leaves_nothing_behind(
    tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    source = project(tmp_path / "project")
    monkeypatch.setattr(recipe, "LARGEST_UNZIPPED_BYTES", 10)

    # when
    with pytest.raises(TooLargeError):
        packaging.build(source, ARM, tmp_path / "cache")

    # then
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_package_over_the_limit_names_its_largest_files(
    tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    source = project(tmp_path / "project")
    (source.folder / "model.bin").write_bytes(bytes(3 * 2**20))
    monkeypatch.setattr(recipe, "LARGEST_UNZIPPED_BYTES", 2 * 2**20)

    # when
    with pytest.raises(TooLargeError) as refused:
        packaging.build(source, ARM, tmp_path / "cache")

    # then
    assert "order is 3 MiB unzipped; Lambda takes at most 2 MiB" in str(refused.value)
    assert "runtime/shop/order/model.bin (3 MiB)" in str(refused.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, project: Project) -> None:
    # given
    source = dataclasses.replace(project(tmp_path), include=(Path("runtime/share"),))

    # when
    with pytest.raises(SourceError) as refused:
        packaging.digest(source, ARM)

    # then
    assert "runtime/share has no files" in str(refused.value)


def test_a_folder_outside_the_root_is_refused(tmp_path: Path, project: Project) -> None:
    # given
    source = dataclasses.replace(project(tmp_path / "a"), include=(Path("../b"),))

    # when
    with pytest.raises(SourceError) as refused:
        packaging.digest(source, ARM)

    # then
    assert "lies outside" in str(refused.value)
