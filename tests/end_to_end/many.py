"""Drops many images at once, and watches the processes of the functions meanwhile."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from runtime.gallery.shared.keys import ItemKey
from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.knowledge import wait_for
from tests.end_to_end.pictures import drawing

COLOURS = ("red", "green", "blue", "orange", "purple")
LAUNCHER = "rampart_local/executor/launcher.py"
PAGE_BYTES = 4096


@dataclass
class Seen:
    """The most that was seen of each function's processes, by handler."""

    processes: Counter[str] = field(default_factory=Counter[str])
    mebibytes: Counter[str] = field(default_factory=Counter[str])
    """Resident memory of the largest of them."""


def dropped(gallery: GalleryLaptop, tenant: str, count: int, seconds: float) -> Seen:
    """Put images into the bucket, all at once, and wait until nothing more happens to them.

    Args:
        gallery: where.
        tenant: whose; they have none yet.
        count: how many.
        seconds: how long it may take.
    """

    def put(number: int) -> None:
        key = ItemKey(tenant, "ann", f"{number:03}.png").original
        content = drawing(COLOURS[number % len(COLOURS)])
        gallery.cloud.clients.s3.put_object(Bucket=gallery.bucket, Key=key, Body=content)

    def ended() -> bool | None:
        statuses = gallery.statuses(tenant)
        return (statuses.keys() <= {"ready", "failed"} and sum(statuses.values()) == count) or None

    with watched(gallery.folder) as seen:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(put, range(count)))
        wait_for(ended, f"end of {count} images", seconds)
    return seen


@contextmanager
def watched(folder: Path) -> Iterator[Seen]:
    """Look at the functions' processes while the block lasts."""
    seen, over = Seen(), threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            now: Counter[str] = Counter()
            for handler, mebibytes in _processes(folder):
                now[handler] += 1
                seen.mebibytes[handler] = max(seen.mebibytes[handler], mebibytes)
            seen.processes |= now

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _processes(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield handler and resident memory of every function process of this cloud."""
    home = f"HOME={folder}/aws/functions/environments/".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text().split("\0")
            launcher = next((i for i, word in enumerate(words) if word.endswith(LAUNCHER)), None)
            if launcher is None or home not in (process / "environ").read_bytes():
                continue
            pages = int((process / "statm").read_text().split()[1])
            yield words[launcher + 1], pages * PAGE_BYTES // 2**20
        except OSError:  # it ended meanwhile
            continue
