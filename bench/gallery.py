"""How long two hundred images take that are dropped into the bucket at once, and what they cost.

`python -m bench.gallery [COUNT]` deploys Gallery to the laptop cloud, drops them, waits until all
can be found, and prints images a second, processes and memory of each function.
"""

import sys
import tempfile
import time
from pathlib import Path

from rampart_local.deploy import deploy
from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.many import dropped

ROOT = Path(__file__).parents[1]
IMAGES = 200
LONGEST_SECONDS = 900
TENANT = "acme"


def main() -> int:
    """Run it and print the figures; returns 1 if an image did not become ready."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    with (
        tempfile.TemporaryDirectory(prefix="rampart-bench-") as folder,
        deploy(
            ROOT,
            stack="dev",
            state_folder=Path(folder),
            config={"rampart:systems": '["gallery"]'},
        ) as cloud,
    ):
        gallery = GalleryLaptop(cloud, Path(folder), [])
        started = time.monotonic()
        seen = dropped(gallery, TENANT, count, LONGEST_SECONDS)
        seconds = time.monotonic() - started
        statuses = gallery.statuses(TENANT)
    print(f"{count} images in {seconds:.1f} s, {count / seconds:.1f} a second: {statuses}")  # noqa: T201  # this is the program's output
    for handler, processes in sorted(seen.processes.items()):
        print(f"{handler}: {processes} processes, at most {seen.mebibytes[handler]} MiB each")  # noqa: T201  # as above
    return 0 if statuses == {"ready": count} else 1


if __name__ == "__main__":
    sys.exit(main())
