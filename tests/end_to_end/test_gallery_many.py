"""Many images dropped at once; `python -m bench.gallery` does the same with 200."""

from rampart_local.executor.pool import Limits
from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.many import dropped
from tests.end_to_end.pictures import Pictures

IMAGES = 40


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
    assert [str(file) for file in environments.rglob("*") if file.is_file()] == []
