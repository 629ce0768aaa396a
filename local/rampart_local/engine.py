"""Deploys a stack by Pulumi's own engine, after the policies have judged what it would create.

Rules over a whole stack speak when the engine has created everything. The recorded graph has the
same resources before, so a breach is said then, and nothing is created.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Run = Callable[[Sequence[str], Path], int]
"""(command, folder) -> its exit status."""


class DeploymentError(RuntimeError):
    """The stack was not deployed; the message says what stopped it."""


def run(command: Sequence[str], folder: Path) -> int:
    """Run a command in a folder with this terminal, and return its exit status."""
    return subprocess.run(command, cwd=folder, check=False).returncode  # noqa: S603  # our own words


def deploy_by_engine(
    project: Path,
    stack: str,
    *,
    profile: str,
    more: Sequence[str] = (),
    run: Run = run,
    find: Callable[[str], str | None] = shutil.which,
) -> None:
    """Judge a stack, and let Pulumi deploy it when nothing that blocks is broken.

    Args:
        project: folder of Pulumi.yaml.
        stack: which one.
        profile: of the policies; they judge what is recorded.
        more: further arguments of `pulumi up`.
        run: runs a command; a test has its own.
        find: finds a program; a test has its own.

    Raises:
        DeploymentError: a policy is broken, the engine is absent, or the deployment failed.
    """
    judge = [sys.executable, "-m", "rampart_policies", "--stack", stack, "--profile", profile]
    if status := run(judge, project):
        raise DeploymentError(
            f"the policies stopped stack {stack} before anything was created (exit status "
            f"{status}); mend what they name, or accept it in policies/rampart_policies/"
            "waivers.yaml."
        )
    engine = find("pulumi")
    if engine is None:
        raise DeploymentError(
            "the policies hold, but there is no `pulumi`; install it as "
            "https://www.pulumi.com/docs/install/ says."
        )
    pack = ["--policy-pack", "policies"] if (project / "policies").is_dir() else []
    if status := run([engine, "up", "--stack", stack, *pack, *more], project):
        raise DeploymentError(f"`pulumi up` ended with exit status {status}.")
