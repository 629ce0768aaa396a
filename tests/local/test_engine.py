"""A deployment by Pulumi's engine begins with the policies."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rampart_local.engine import DeploymentError, deploy_by_engine


class Terminal:
    """Notes commands and answers each with the next status."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = list(statuses)
        self.commands: list[list[str]] = []

    def run(self, command: Sequence[str], folder: Path) -> int:
        del folder
        self.commands.append(list(command))
        return self._statuses.pop(0)


def deploy(terminal: Terminal, folder: Path, engine: str | None = "/bin/pulumi") -> None:
    deploy_by_engine(
        folder,
        "prod",
        profile="strict",
        more=["--yes"],
        run=terminal.run,
        find=lambda _: engine,
    )


def test_what_holds_is_deployed_with_the_pack(tmp_path: Path) -> None:
    # given
    terminal = Terminal(0, 0)
    (tmp_path / "policies").mkdir()

    # when
    deploy(terminal, tmp_path)

    # then
    judged, deployed = terminal.commands
    assert judged[1:] == ["-m", "rampart_policies", "--stack", "prod", "--profile", "strict"]
    assert deployed == [
        "/bin/pulumi", "up", "--stack", "prod", "--policy-pack", "policies", "--yes",
    ]  # fmt: skip


def test_what_a_policy_stops_is_not_begun(tmp_path: Path) -> None:
    # given
    terminal = Terminal(30)

    # when
    with pytest.raises(DeploymentError, match="before anything was created"):
        deploy(terminal, tmp_path)

    # then
    assert len(terminal.commands) == 1


def test_an_engine_that_is_absent_is_said_after_the_policies_have_spoken(tmp_path: Path) -> None:
    # given
    terminal = Terminal(0)

    # then
    with pytest.raises(DeploymentError, match=r"https://www\.pulumi\.com/docs/install/"):
        deploy(terminal, tmp_path, engine=None)


def test_a_deployment_that_fails_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError, match="exit status 255"):
        deploy(Terminal(0, 255), tmp_path)
