"""One deployment of each system for all tests of this folder, which ends with them.

Tests that break something mend it before they end, and each works with documents of its own.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from rampart_local.deploy import deploy
from tests.end_to_end.gallery_laptop import GalleryLaptop
from tests.end_to_end.knowledge import Knowledge
from tests.end_to_end.laptop import Laptop, Line
from tests.end_to_end.orders_laptop import (
    APPROVAL_SECONDS,
    LARGE_CENTS,
    Client,
    OrdersLaptop,
)
from tests.end_to_end.pictures import Pictures
from tests.end_to_end.provider import API_KEY, Provider

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def provider() -> Iterator[Provider]:
    running = Provider()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def laptop(provider: Provider) -> Iterator[Laptop]:
    lines: list[Line] = []
    # Not pytest's folder, which stays after the tests: a state is half a gigabyte.
    with (
        tempfile.TemporaryDirectory(prefix="rampart-end-to-end-") as folder,
        deploy(
            ROOT,
            stack="dev",
            state_folder=Path(folder),
            config={
                "rampart:systems": '["knowledge"]',
                "rampart:openaiBaseUrl": provider.url,
                "rampart:openaiApiKey": API_KEY,
            },
            secret_keys=["rampart:openaiApiKey"],
            log=lambda function, line: lines.append((function, line)),
        ) as cloud,
    ):
        yield Laptop(cloud, provider, Path(folder), lines)


@pytest.fixture(scope="package")
def acme(laptop: Laptop) -> Knowledge:
    return laptop.tenant("acme")


@pytest.fixture(scope="package")
def globex(laptop: Laptop) -> Knowledge:
    return laptop.tenant("globex")


@pytest.fixture(scope="package")
def gallery() -> Iterator[GalleryLaptop]:
    lines: list[Line] = []
    with (
        tempfile.TemporaryDirectory(prefix="rampart-end-to-end-") as folder,
        deploy(
            ROOT,
            stack="dev",
            state_folder=Path(folder),
            config={"rampart:systems": '["gallery"]'},
            log=lambda function, line: lines.append((function, line)),
        ) as cloud,
    ):
        yield GalleryLaptop(cloud, Path(folder), lines)


@pytest.fixture
def pictures(gallery: GalleryLaptop) -> Pictures:
    """A tenant without any image."""
    return gallery.tenant(f"acme-{uuid4().hex[:8]}")


@pytest.fixture(scope="package")
def orders() -> Iterator[OrdersLaptop]:
    lines: list[Line] = []
    with (
        tempfile.TemporaryDirectory(prefix="rampart-end-to-end-") as folder,
        deploy(
            ROOT,
            stack="dev",
            state_folder=Path(folder),
            config={
                "rampart:systems": '["orders"]',
                "rampart:approvalAboveCents": str(LARGE_CENTS),
                "rampart:approvalSeconds": str(APPROVAL_SECONDS),
            },
            log=lambda function, line: lines.append((function, line)),
        ) as cloud,
    ):
        yield OrdersLaptop(cloud, Path(folder), lines)


@pytest.fixture
def buyer(orders: OrdersLaptop) -> Client:
    """A tenant without any order."""
    return orders.tenant(f"acme-{uuid4().hex[:8]}")
