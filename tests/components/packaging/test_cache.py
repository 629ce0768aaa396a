"""What is in the cache is used again, unless it is damaged."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import Target, ZipSource

Project = Callable[[Path], ZipSource]
ARM = Target("arm64", "3.13")


def _with_a_changed_byte(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def _another_zip(content: bytes) -> bytes:
    path = Path("another.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("another.py", content)
    return path.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"not a zip", id="text"),
        pytest.param(lambda content: content[:-1], id="one byte short"),
        pytest.param(lambda content: content[: len(content) // 2], id="half"),
        pytest.param(lambda content: bytes(len(content)), id="zeros"),
        pytest.param(_another_zip, id="another zip"),
        pytest.param(
            lambda content: _with_a_changed_byte(content, content.index(b"good morning")),
            id="a byte of a file",
        ),
        pytest.param(
            lambda content: _with_a_changed_byte(content, content.rindex(b"words.py") - 8),
            id="a byte of the directory",
        ),
    ],
)
def test_a_damaged_zip_is_built_again(
    tmp_path: Path,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[bytes], bytes],
) -> None:
    # given
    monkeypatch.chdir(tmp_path)
    source = project(tmp_path / "project")
    built = packaging.build(source, ARM, tmp_path / "cache").path
    whole = built.read_bytes()
    built.write_bytes(damage(whole))

    # when
    again = packaging.build(source, ARM, tmp_path / "cache").path

    # then
    assert again == built
    assert again.read_bytes() == whole


def test_a_zip_of_other_content_is_not_taken_for_it(tmp_path: Path, project: Project) -> None:
    # given: a label is free to hold signs that have a meaning in patterns
    source = project(tmp_path / "project")
    source.folder.rename(source.folder.with_name("[o]*"))
    order = ZipSource(source.root, Path("runtime/shop/[o]*"))
    pay = ZipSource(source.root, Path("runtime/shop/pay"))

    # when
    built = [packaging.build(one, ARM, tmp_path / "cache").path for one in (order, pay, order)]

    # then
    assert built[0] == built[2] != built[1]
    assert len(list((tmp_path / "cache").iterdir())) == 2
