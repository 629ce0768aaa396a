"""What holds for every test."""

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

LONGEST_FIRST = ("end_to_end", "demo", "local", "distributions", "components")
"""Folders whose tests take longest: begun first, none of them is waited for at the end."""


# Before pytest-xdist, which writes the groups into the ids of the tests.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares a deployment or a module's fixtures, when processes share tests."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_place)


def _group(item: pytest.Item) -> str:
    if "end_to_end" in item.path.parts:
        uses_gallery = "gallery" in getattr(item, "fixturenames", ())
        return "end_to_end/gallery" if uses_gallery else "end_to_end/knowledge"
    return item.location[0]


def _place(item: pytest.Item) -> int:
    folder = next((name for name in LONGEST_FIRST if name in item.path.parts), None)
    return LONGEST_FIRST.index(folder) if folder else len(LONGEST_FIRST)
