"""Evaluates a whole Pulumi program and returns what it registered."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from pulumi_rampart.testing.cloud import REGION, Cloud
from pulumi_rampart.testing.graph import Graph
from pulumi_rampart.testing.in_process import InProcess, Program, folder_of
from pulumi_rampart.testing.recording import Recording
from pulumi_rampart.testing.run import Run
from pulumi_rampart.testing.stacks import StackReferences
from pulumi_rampart.testing.synthetic import SyntheticCloud


class Host(Protocol):
    """Runs programs of one language."""

    @property
    def root(self) -> Path | None:
        """The folder of Pulumi.yaml; None for that of the program."""
        ...

    def run(self, program: Program, recording: Recording) -> None:
        """Run a program to its end against the monitor of a recording."""
        ...


def record(
    program: Program,
    *,
    project: str = "project",
    stack: str = "dev",
    config: Mapping[str, str] | None = None,
    secret_keys: Collection[str] = (),
    preview: bool = False,
    cloud: Cloud | None = None,
    stack_references: StackReferences | None = None,
    plugins: Mapping[str, Path] | None = None,
    opaque: Collection[str] = (),
    host: Host | None = None,
) -> Graph:
    """Run `program` as `pulumi up` would and return the graph it registers.

    Args:
        program: path of a `__main__.py`, run from its own folder, or a function that declares
            resources; for another host whatever that takes.
        project: the project's name, part of every URN.
        stack: the stack's name.
        config: values by full key (`"aws:region"`), as `Pulumi.<stack>.yaml` has them.
        secret_keys: keys of `config` whose values are secret.
        preview: leave everything unknown that only a deployment can know.
        cloud: who answers for the cloud; by default nothing is created and answers are made up.
        stack_references: outputs of other stacks that the program reads, by the stacks' names:
            `{"organization/network/dev": {"vpc_id": "vpc-1", "token": secret("t0ken")}}`.
        plugins: where the providers of component packages are, by package: a folder with a
            PulumiPlugin.yaml or a program. Others are looked for on PATH and in `~/.pulumi`.
        opaque: component packages whose providers are not at hand; their components are recorded
            without what is inside them, with outputs made up, and with a warning each.
        host: who runs the program; by default a Python program runs in this process.

    Raises:
        Exception: whatever the program or the cloud raises.
    """
    configured, host = dict(config or {}), host or InProcess()
    run = Run(
        project=project,
        stack=stack,
        preview=preview,
        config=configured,
        secret_keys=frozenset(secret_keys),
        folder=(host.root or folder_of(program)).resolve(),
    )
    recording = Recording(
        run,
        cloud or SyntheticCloud(region=configured.get("aws:region", REGION)),
        stack_references=stack_references or {},
        plugins=plugins or {},
        opaque=opaque,
    )
    try:
        host.run(program, recording)
        return recording.graph()
    except Exception as error:
        if hint := recording.hint(error, program):
            error.add_note(hint)
        raise
    finally:
        recording.close()
