import dataclasses
from collections.abc import Callable
from pathlib import Path

from pulumi_rampart import packaging
from pulumi_rampart.packaging import ImageSource, Target, ZipSource

Project = Callable[[Path], ZipSource]
ARM = Target("arm64", "3.13")


def test_a_described_zip_is_neither_read_nor_built(tmp_path: Path) -> None:
    # given
    absent = ZipSource(tmp_path / "absent", Path("runtime/shop/order"))

    # when
    with packaging.using(packaging.described):
        archive = packaging.archive(absent, ARM)

    # then
    assert archive.path == Path("unbuilt/order.zip")
    assert archive.digest == "unbuilt"
    assert list(tmp_path.iterdir()) == []


def test_by_default_the_zip_is_built_for_the_target_into_the_projects_cache(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path)

    # when
    archive = packaging.archive(source, ARM)

    # then
    assert archive.path.parent == tmp_path / ".rampart" / "packages"
    assert archive.digest == packaging.digest(source, ARM)


def test_a_laptop_builds_for_itself_whatever_the_program_asks(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path / "project")
    here = Target.this_machine()

    # when
    with packaging.using(packaging.into(tmp_path / "cache", here)):
        archive = packaging.archive(source, ARM)

    # then
    assert archive.digest == packaging.digest(source, here)


def test_the_builder_before_is_back_after_the_block(tmp_path: Path, project: Project) -> None:
    # given
    source = dataclasses.replace(project(tmp_path))

    # when
    with packaging.using(packaging.described), packaging.using(packaging.into(tmp_path / "cache")):
        inner = packaging.archive(source, ARM)
    with packaging.using(packaging.described):
        outer = packaging.archive(source, ARM)

    # then
    assert inner.path.is_file()
    assert outer.digest == "unbuilt"


def test_an_image_tag_is_the_digest_unless_nothing_is_built(
    tmp_path: Path, project: Project
) -> None:
    # given
    project(tmp_path)
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY runtime/shared runtime/shared\n")
    source = ImageSource(tmp_path, Path("Dockerfile"))

    # when
    tag = packaging.image_tag(source)
    with packaging.using(packaging.described):
        described = packaging.image_tag(source)

    # then
    assert tag == packaging.image_digest(source)[:16]
    assert described == "unbuilt"
