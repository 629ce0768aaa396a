"""Many images dropped at once; `python -m bench.gallery` does the same with 200."""

from pathlib import Path

from rampart_local.executor.pool import Limits
from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.many import dropped
from tests.end_to_end.pictures import Pictures

IMAGES = 40
MARKER = (".aws-xray", "initialized")
"""An empty file that the X-Ray SDK leaves in the /tmp of each environment, on Lambda as well."""


def test_many_images_dropped_at_once_all_become_ready_in_bounded_memory(
    gallery: GalleryLaptop, pictures: Pictures
) -> None:
    # given
    limits = Limits()

    # when
    seen = dropped(gallery, pictures.tenant, IMAGES, seconds=240)

    # then
    assert gallery.statuses(pictures.tenant) == {"ready": IMAGES}
    assert gallery.rows(pictures.tenant) == (IMAGES, IMAGES, IMAGES)
    assert [route for route in ("originals", "processed", "analyzed") if gallery.dead(route)] == []
    for handler, processes in seen.processes.items():
        image = handler.startswith("runtime.libraries.")
        assert processes <= (limits.per_image_function if image else limits.per_function), handler
    memory = {
        each.inputs["handler"]: each.inputs["memorySize"]
        for each in gallery.cloud.graph.of("aws:lambda/function:Function")
        if "handler" in each.inputs
    }
    for handler, most in memory.items():
        assert seen.mebibytes[handler] < most, handler
    environments = gallery.folder / "aws" / "functions" / "environments"
    left = [file for file in environments.rglob("*") if file.is_file()]
    assert [str(file) for file in left if not is_marker(file, environments)] == []


def is_marker(file: Path, environments: Path) -> bool:
    """Tell the X-Ray SDK's marker, at its place and empty, from what a function left behind."""
    _environment, *inside = file.relative_to(environments).parts
    return tuple(inside) == MARKER and file.stat().st_size == 0
