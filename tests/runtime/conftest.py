"""One embedded AWS per session for all functions; its address is in the environment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rampart_local.server import AwsServer

REGION = "eu-central-1"


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsServer]:
    server = AwsServer(
        Path(tmp_path_factory.mktemp("aws")),
        region=REGION,
        account="000000000000",
        log=lambda name, line: None,  # noqa: ARG005  # keywords of the protocol
    )
    server.start()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL": server.endpoint,
        }.items():
            environment.setenv(name, value)
        yield server
    server.stop()
