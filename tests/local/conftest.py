"""One deployment of the small program in ./program, shared by the tests that do not change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rampart_local.deploy import Deployment, deploy
from rampart_local.executor.pool import Limits

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
