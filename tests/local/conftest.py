"""One deployment of the small program in ./program, shared by the tests that do not change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rampart_local.clients import Clients
from rampart_local.deploy import Deployment, deploy
from rampart_local.executor.pool import Limits
from rampart_local.server import AwsServer

PROGRAM = Path(__file__).parent / "program"
RUNNING = 3


@pytest.fixture(scope="session")
def state_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laptop")


@pytest.fixture(scope="session")
def cloud(state_folder: Path) -> Iterator[Deployment]:
    with deploy(
        PROGRAM,
        stack="dev",
        state_folder=state_folder,
        limits=Limits(running=RUNNING, per_function=RUNNING, warm=RUNNING),
    ) as deployment:
        yield deployment


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    """An embedded AWS in which nothing is deployed."""
    region, account = "eu-central-1", "123456789012"
    server = AwsServer(
        tmp_path_factory.mktemp("aws"),
        region=region,
        account=account,
        log=lambda name, line: None,  # noqa: ARG005  # keywords of the protocol
    )
    server.start()
    yield Clients(server.endpoint, region, account)
    server.stop()
