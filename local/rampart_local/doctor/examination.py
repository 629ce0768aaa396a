"""Everything that can be said of a deployment before it is begun."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.testing import Graph
from rampart_local.doctor.documents import NoDefinitionError, faults, installed
from rampart_local.doctor.quotas import needs

# What no list and no laptop knows.
UNKNOWABLE = (
    "what the account holds already: names that are taken, quotas that are used up or raised",
    "service control policies and permissions of whoever deploys",
    "whether each service and instance class is offered in the region's zones",
    "keys of services outside AWS, and whether those let this account in",
)


@dataclass(frozen=True)
class Examination:
    """What was found."""

    faults: tuple[str, ...]
    """What a deployment would stumble over."""
    passed: tuple[str, ...]
    """What was looked at and is in order."""
    unchecked: tuple[str, ...]
    """What could not be looked at, and why."""


def examine(
    graph: Graph,
    project: Path,
    stack: str,
    *,
    judge: Callable[[Path, str], str | None] | None = None,
    find: Callable[[str], str | None] = shutil.which,
) -> Examination:
    """Look at a recorded stack.

    Args:
        graph: what it would create.
        project: folder of Pulumi.yaml.
        stack: its name.
        judge: runs the policies and returns what they say, or None where all hold.
        find: finds a program on this machine.
    """
    wrong: list[str] = []
    passed: list[str] = []
    unchecked: list[str] = [*UNKNOWABLE]
    said = (judge or policies)(project, stack)
    if said is None:
        passed.append("policies: nothing that blocks is broken")
    else:
        wrong.append(f"policies: {said}")
    try:
        found = list(faults(graph, installed()))
        wrong += [f"documents: {one}" for one in found]
        if not found:
            passed.append("documents: every action, resource type and condition key is AWS's")
    except NoDefinitionError as error:
        unchecked.append(str(error))
    for need in needs(graph):
        line = f"quotas: {need.needed:g} of {need.quota.most:g} {need.quota.what}"
        (passed if need.is_met else wrong).append(f"{line}; see {need.quota.source}")
    for program in ("pulumi", "docker"):
        (passed if find(program) else unchecked).append(f"tools: `{program}` on this machine")
    return Examination(tuple(wrong), tuple(passed), tuple(unchecked))


def policies(project: Path, stack: str) -> str | None:
    """Run the policies; return what they say where something that blocks is broken."""
    command = [sys.executable, "-m", "rampart_policies", "--stack", stack]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603  # our own interpreter and module
    return None if done.returncode == 0 else (done.stdout or done.stderr).strip()
