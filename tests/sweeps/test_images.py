"""What holds for every image function, without building one."""

import re
from pathlib import Path

import pytest

from pulumi_rampart.packaging import ImageSource
from pulumi_rampart.packaging.image import sent

ROOT = Path(__file__).parents[2]
DOCKERFILES = sorted((ROOT / "runtime").rglob("Dockerfile"))
each_image = pytest.mark.parametrize(
    "dockerfile", DOCKERFILES, ids=[file.parent.name for file in DOCKERFILES]
)


@each_image
def test_an_image_is_sent_what_it_copies_and_nothing_else(dockerfile: Path) -> None:
    """Less and the build fails; more and an edit of another function makes a new image."""
    # given
    source = ImageSource(ROOT, dockerfile.relative_to(ROOT))
    copied = [ROOT / path for path in _copied(dockerfile.read_text())]
    assert [path for path in copied if not path.exists()] == []

    # when
    names = [ROOT / name for name in sent(source)]

    # then
    needless = [file for file in names if not any(map(file.is_relative_to, copied))]
    missing = [path for path in copied if not any(name.is_relative_to(path) for name in names)]
    assert needless == []
    assert missing == []


def _copied(text: str) -> list[str]:
    """Find what our Dockerfiles copy from the context, one line a COPY, as they all write it."""
    instructions = re.findall(r"^\s*(?:COPY|ADD)\b.*$", text, re.MULTILINE | re.IGNORECASE)
    plain = [line.split() for line in instructions if "--from=" not in line]
    assert all(words[0] == "COPY" and re.fullmatch(r"[\w./-]+", words[1]) for words in plain)
    assert "--mount=type=bind" not in text
    return [path for words in plain for path in words[1:-1]]


@each_image
def test_an_image_installs_locked_versions_by_hash(dockerfile: Path) -> None:
    # given
    text = dockerfile.read_text()

    # then
    assert "--require-hashes" in text
    assert "requirements.lock" in text


@each_image
def test_an_image_starts_its_own_handler(dockerfile: Path) -> None:
    # given
    module = ".".join(dockerfile.parent.relative_to(ROOT).parts)

    # then
    assert f'CMD ["{module}.handler.handler"]' in dockerfile.read_text()
