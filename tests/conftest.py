"""What holds for every test."""

from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

# How long an example takes says more about the machine than about the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

LONGEST_FIRST = ("end_to_end", "demo", "local", "distributions", "components")
"""Folders whose tests take longest: begun first, none of them is waited for at the end."""
OTHERS = ("gallery", "orders")
"""Systems whose end-to-end tests are called after them; the rest work with Knowledge."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=_place)


@pytest.hookimpl(optionalhook=True)  # the tests also run without pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "ByDeployment":  # noqa: ANN401  # its own
    """Give the files that share a deployment to one process, where it is made once."""
    return ByDeployment(config, log)


class ByDeployment(LoadFileScheduling):
    """A file's tests run in one process, and so do all files that work with one deployment."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.split("::", 1)[0])
        if file.parent.name != "end_to_end":
            return str(file)
        system = next((one for one in OTHERS if file.name.startswith(f"test_{one}")), "knowledge")
        return f"{file.parent}/{system}"


def _place(item: pytest.Item) -> int:
    folder = next((name for name in LONGEST_FIRST if name in item.path.parts), None)
    return LONGEST_FIRST.index(folder) if folder else len(LONGEST_FIRST)
