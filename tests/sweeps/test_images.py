"""What holds for every image function, without building one."""

from pathlib import Path

import pytest

from pulumi_rampart.packaging import ImageSource, image_digest

ROOT = Path(__file__).parents[2]
DOCKERFILES = sorted((ROOT / "runtime").rglob("Dockerfile"))
each_image = pytest.mark.parametrize(
    "dockerfile", DOCKERFILES, ids=[file.parent.name for file in DOCKERFILES]
)


@each_image
def test_what_an_image_copies_is_there(dockerfile: Path) -> None:
    """`image_digest` raises for a copied path that is missing or outside the context."""
    digest = image_digest(ImageSource(ROOT, dockerfile.relative_to(ROOT)))

    assert len(digest) == 64


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
