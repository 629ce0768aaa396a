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
            lambda content: _with_a_changed_byte(content, content.rindex(b"words.py")),
            id="a byte of a name",
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


def test_a_changed_byte_of_the_zips_directory_is_noticed_or_harmless(
    tmp_path: Path, project: Project
) -> None:
    # given
    source = project(tmp_path / "project")
    built = packaging.build(source, ARM, tmp_path / "cache").path
    whole = built.read_bytes()

    def unpacked() -> list[tuple[str, int, bytes]]:
        with zipfile.ZipFile(built) as archive:
            return [(i.filename, i.external_attr, archive.read(i)) for i in archive.infolist()]

    expected = unpacked()

    # then: whatever is used again unpacks to the same
    for place in range(whole.index(b"PK\x01\x02"), len(whole), 5):
        built.write_bytes(_with_a_changed_byte(whole, place))
        assert packaging.build(source, ARM, tmp_path / "cache").path == built
        assert unpacked() == expected, place
