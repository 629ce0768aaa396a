"""The tag of an image changes whenever pulumi-docker would build and push it again."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart.packaging import ImageSource, image_digest
from pulumi_rampart.packaging.errors import SourceError
from pulumi_rampart.packaging.image import context_digest

# What its own `hashContext` (version 5.2) says of the folder that `lay` makes, by ignore file.
PULUMI_DOCKER = {
    "": "75b702f83d197f9f4ebec0c7c0657eb46cb2acc1e97bf70afcd7db5617ad8a58",
    "*\n!shop\n": "60b3161e16e7068bed67f6211b19d37220d0da126e66da3822a6cad27e64bc24",
    "**/*.py\n!shop/**/words.py\n": (
        "88eb5f9fd949714dd2be77cf89834754cb6b2bfefa62574191d15d924e921a83"
    ),
    "shop/*.sh\n!shop\n": "dc81e849f44c86ab101f9ca72a8aa8c201e293f3edef6b98c39f94e3b6c87aa2",
}


def lay(root: Path, ignore: str = "") -> ImageSource:
    """Make a context with everything whose hash is not plain, whatever the umask."""
    files = {
        "Dockerfile": ("FROM scratch\n", 0o644),
        "a": ("", 0o600),
        "a.txt": ("one\n", 0o664),
        "shop/handler.py": ("def handler(event, context): ...\n", 0o644),
        "shop/deep/words.py": ("words = 1\n", 0o444),
        "shop/run.sh": ("#!/bin/sh\n", 0o755),
        "shop/setuid": ("", 0o4755),
        "shop/shared folder/é.txt": ("é", 0o644),
    }
    for name, (text, mode) in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
        (root / name).chmod(mode)
    for name, target in {
        "link": "shop",
        "shop/to-file": "../a.txt",
        "shop/to-link": "deep/to-link",
        "shop/deep/to-link": "../to-file",
        "shop/to-root": "/",
    }.items():
        (root / name).symlink_to(target)
    os.mkfifo(root / "shop/pipe", 0o600)
    (root / "shop/pipe").chmod(0o640)
    if ignore:
        (root / ".dockerignore").write_text(ignore)
        (root / ".dockerignore").chmod(0o644)
    return ImageSource(root, Path("Dockerfile"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("ignore", PULUMI_DOCKER)
def test_the_context_has_the_hash_that_pulumi_docker_gives_it(ignore: str) -> None:
    assert context_digest(lay(Path("context"), ignore)) == PULUMI_DOCKER[ignore]


def _append(path: Path) -> None:
    with path.open("a") as file:
        file.write("# edited\n")


def _relink(path: Path) -> None:
    path.unlink()
    path.symlink_to("shop/deep")


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda root: _append(root / "shop/handler.py"), id="a content"),
        pytest.param(lambda root: _append(root / "Dockerfile"), id="the Dockerfile"),
        pytest.param(lambda root: (root / "shop/run.sh").chmod(0o644), id="a mode"),
        pytest.param(lambda root: (root / "a").rename(root / "b"), id="a name"),
        pytest.param(lambda root: (root / "new").write_text(""), id="a new file"),
        pytest.param(lambda root: (root / "a").unlink(), id="a file less"),
        pytest.param(lambda root: _relink(root / "link"), id="a link"),
        pytest.param(lambda root: (root / ".dockerignore").write_text("a"), id="what is ignored"),
    ],
)
def test_what_is_sent_to_the_builder_changes_the_digest(edit: Callable[[Path], None]) -> None:
    # given
    source = lay(Path("context"))
    before = image_digest(source)

    # when
    edit(source.root)

    # then: whether a COPY, a RUN --mount, a glob, an ARG or a heredoc reads it
    assert image_digest(source) != before


def test_what_is_ignored_and_when_it_was_written_do_not_change_the_digest() -> None:
    # given
    source = lay(Path("context"), "*\n!shop\n**/__pycache__\n")
    before = image_digest(source)

    # when
    _append(source.root / "a.txt")
    (source.root / "shop/__pycache__").mkdir()
    (source.root / "shop/__pycache__/handler.cpython-313.pyc").write_bytes(b"bytecode")
    os.utime(source.root / "shop/handler.py", (1_000_000_000, 1_000_000_000))

    # then
    assert image_digest(source) == before


def test_an_edited_dockerfile_counts_although_it_is_ignored() -> None:
    # given
    source = lay(Path("context"), "*\n")
    before = image_digest(source)

    # when
    _append(source.root / "Dockerfile")

    # then
    assert image_digest(source) != before


def test_each_architecture_has_its_own_digest() -> None:
    source = lay(Path("context"))
    assert image_digest(source, "arm64") != image_digest(source, "x86_64")


@pytest.mark.parametrize("root", ["context", "./context/", "absolute", "elsewhere/../context"])
@pytest.mark.parametrize("dockerfile", ["below the root", "absolute"])
def test_a_context_is_the_same_from_every_root(tmp_path: Path, root: str, dockerfile: str) -> None:
    # given
    expected = image_digest(lay(Path("context")))
    top = tmp_path / "context" if root == "absolute" else Path(root)
    file = Path("Dockerfile") if dockerfile != "absolute" else tmp_path / "context/Dockerfile"

    # when
    source = ImageSource(top, file)

    # then
    assert image_digest(source) == expected
    assert (str(source.context), str(source.file)) == ("context", "context/Dockerfile")


def test_the_same_files_elsewhere_are_another_image() -> None:
    # given: pulumi-docker builds again when the context has another path
    sources = [ImageSource(Path(name), Path("Dockerfile")) for name in ("context", "copy")]
    for source in sources:
        source.root.mkdir()
        (source.root / "Dockerfile").write_text("FROM scratch\n")

    # then
    assert context_digest(sources[0]) == context_digest(sources[1])
    assert image_digest(sources[0]) != image_digest(sources[1])


def test_a_dockerfile_outside_the_context_is_read() -> None:
    # given
    source = lay(Path("context"))
    Path("elsewhere").write_text("FROM scratch\n")
    outside = ImageSource(source.root, Path("../elsewhere"))
    before = image_digest(outside)

    # when
    _append(Path("elsewhere"))

    # then
    assert image_digest(outside) != before


def test_a_missing_dockerfile_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no .*/Dockerfile"):
        image_digest(ImageSource(tmp_path, Path("Dockerfile")))


@pytest.mark.parametrize("target", ["nowhere", "loop"])
def test_a_link_that_leads_nowhere_or_in_a_circle_is_named(target: str) -> None:
    # given: pulumi-docker would leave the rest of the folder out of its hash
    source = lay(Path("context"))
    (source.root / "loop").symlink_to(target)

    # then
    with pytest.raises(SourceError, match=r"context/loop is a link that leads nowhere"):
        image_digest(source)


def test_a_socket_is_named() -> None:
    # given
    source = lay(Path("context"))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("context/listen")

        # then
        with pytest.raises(SourceError, match=r"context/listen is a socket"):
            image_digest(source)
