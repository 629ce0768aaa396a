from collections.abc import Callable
from functools import cache

import pytest

from pulumi_rampart.testing import Graph
from tests.systems.golden import recorded


@pytest.fixture(scope="session")
def graph_of() -> Callable[[str], Graph]:
    """Record a stack once for all tests."""
    return cache(recorded)


@pytest.fixture(scope="session")
def dev(graph_of: Callable[[str], Graph]) -> Graph:
    """Stack `dev`, recorded once."""
    return graph_of("dev")
