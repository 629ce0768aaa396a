"""Times how long a changed function takes until it answers: python -m bench.reload [RUNS].

A stack with queues, a table, an API and five functions runs on this machine; the source of all but
one is edited, applied, and one of them called. Prints the seconds of each run and their median.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rampart_local.deploy import Deployment, deploy

_PROGRAM = Path(__file__).parents[1] / "tests" / "local" / "program"
_LINE = '"path": sys.path'


def main(runs: int) -> None:
    """Print the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        project = shutil.copytree(_PROGRAM, Path(folder) / "program")
        source = project / "function" / "app.py"
        text = source.read_text()
        with deploy(project, stack="dev", state_folder=Path(folder) / "state") as cloud:
            seconds = [_edited(cloud, source, text, number) for number in range(runs)]
    shown = ", ".join(f"{each:.2f}" for each in seconds)
    print(f"{shown}; median {statistics.median(seconds):.2f} s")  # noqa: T201  # a command's output


def _edited(cloud: Deployment, source: Path, text: str, number: int) -> float:
    source.write_text(text.replace(_LINE, f'"edit": {number}, {_LINE}'))
    began = time.monotonic()
    cloud.refresh()
    if cloud.invoke("worker", {})["edit"] != number:
        raise RuntimeError("the function is not the edited one")
    return time.monotonic() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
