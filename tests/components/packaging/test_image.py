from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart.packaging import ImageSource, ZipSource, image_digest
from pulumi_rampart.packaging.errors import SourceError

Project = Callable[[Path], ZipSource]

DOCKERFILE = """
FROM public.ecr.aws/lambda/python:3.13 AS builder
COPY --chmod=0644 \\
    runtime/shop/order/requirements.txt .
FROM public.ecr.aws/lambda/python:3.13
COPY --from=builder /packages /packages
COPY ["runtime/shared", "runtime/shared"]
COPY runtime/shop/order runtime/shop/order
CMD ["runtime.shop.order.handler.handler"]
"""


@pytest.fixture
def image(tmp_path: Path, project: Project) -> ImageSource:
    source = project(tmp_path)
    (source.folder / "requirements.txt").write_text("iniconfig==2.1.0\n")
    (source.folder / "Dockerfile").write_text(DOCKERFILE)
    return ImageSource(tmp_path, source.source / "Dockerfile")


@pytest.mark.parametrize(
    "edited",
    [
        "runtime/shop/order/handler.py",
        "runtime/shop/order/requirements.txt",
        "runtime/shop/order/Dockerfile",
        "runtime/shared/words.py",
    ],
)
def test_what_is_built_into_the_image_changes_its_digest(image: ImageSource, edited: str) -> None:
    # given
    before = image_digest(image)

    # when
    with (image.root / edited).open("a") as file:
        file.write("# edited\n")

    # then
    assert image_digest(image) != before


def test_what_is_not_copied_does_not_change_the_digest(image: ImageSource) -> None:
    # given
    before = image_digest(image)

    # when
    (image.root / "runtime/shop/pay/handler.py").write_text("edited = True\n")
    (image.root / "runtime/shared/__pycache__").mkdir()
    (image.root / "runtime/shared/__pycache__/words.cpython-311.pyc").write_bytes(b"bytecode")

    # then
    assert image_digest(image) == before


def test_each_architecture_has_its_own_digest(image: ImageSource) -> None:
    assert image_digest(image, "arm64") != image_digest(image, "x86_64")


def test_a_copied_path_that_is_missing_is_named(image: ImageSource) -> None:
    # given
    dockerfile = image.root / image.dockerfile
    dockerfile.write_text("FROM scratch\nCOPY runtime/shard runtime/shared\n")

    # when
    with pytest.raises(SourceError) as refused:
        image_digest(image)

    # then
    assert "runtime/shard has no files" in str(refused.value)


def test_a_missing_dockerfile_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no .*Dockerfile"):
        image_digest(ImageSource(tmp_path, Path("Dockerfile")))
