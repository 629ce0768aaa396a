"""The pack and Checkov on the same resources in one run: whole processes, seconds on the clock.

`python -m bench.beside_checkov PATH_OF_CHECKOV [RESOURCES]` writes copies of the stacks that keep
the mapped controls, as a recorded graph and as Terraform, and has each tool judge them once.
Checkov is no dependency of ours: install it into an environment of its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from bench.checkov import IDS
from bench.policies import renamed
from bench.terraform import to_terraform
from tests.policies.fixture import Recorded, resources_of
from tests.policies.stacks import ACCOUNT
from tests.policies.test_mapped import PAIRS

DEFAULT_SIZE = 1_000


def main() -> int:
    """Run both and print what each took."""
    if len(sys.argv) < 2:  # noqa: PLR2004  # the program's own name
        print("name the path of Checkov: python -m bench.beside_checkov PATH [RESOURCES]")  # noqa: T201  # this is the program's output
        return 2
    size = int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT_SIZE  # noqa: PLR2004  # as above
    resources = [*islice(_copies(), size)]
    with tempfile.TemporaryDirectory() as folder:
        graph, terraform = Path(folder) / "graph.json", Path(folder) / "terraform"
        terraform.mkdir()
        graph.write_text(json.dumps({"resources": resources}))
        (terraform / "main.tf").write_text(to_terraform(resources))
        ours = _seconds([sys.executable, "-m", "rampart_policies", "--graph", str(graph)])
        theirs = _seconds(
            [
                *(sys.argv[1], "--directory", str(terraform), "--framework", "terraform"),
                *("--compact", "--soft-fail", "--skip-download", "--skip-results-upload"),
            ]
        )
    print(f"{size} resources: {ours:.1f} s, Checkov {theirs:.1f} s: {theirs / ours:.0f} times")  # noqa: T201  # as above
    return 0


def _copies() -> Iterator[Recorded]:
    """Yield the resources of the pairs, again and again; each copy refers to its own only."""
    for number in count(1):
        for position, id_ in enumerate(IDS):
            stack = resources_of(PAIRS[id_].passes)
            names = {name for one in stack for name in (one["urn"], one["id"]) if name}
            for one in stack:
                own = number * len(IDS) + position
                copied = renamed(one, names, ACCOUNT, own)
                yield copied | {"name": f"{one['name']}-{own}"}


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # the program that the caller named
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
