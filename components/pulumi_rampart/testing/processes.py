"""Hosts of programs in processes of their own: Python with its own interpreter, and Node.js."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_rampart.testing import child
from pulumi_rampart.testing.recording import Recording
from pulumi_rampart.testing.run import ORGANIZATION, PARALLEL

_PYTHON_HOST = Path(__file__).with_name("python_host.py")
_NODE_RUNNER = Path("node_modules", "@pulumi", "pulumi", "cmd", "run")

Program = Path | Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class PythonProcess:
    """Runs a Python program with an interpreter of its own, which needs the `pulumi` package only.

    Its packages may be others than ours, and what it does to its process stays there.
    """

    python: Path = Path(sys.executable)
    root: Path | None = None
    """Folder of Pulumi.yaml; by default that of the program."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """In addition to this process's."""
    timeout_seconds: float = child.TIMEOUT_SECONDS

    def run(self, program: Program, recording: Recording) -> None:
        """Run a file such as `__main__.py`, from its own folder.

        Raises:
            ProgramError: it failed, or took too long.
        """
        file = _file(program, "PythonProcess")
        arguments = _arguments(recording, root=self.root or file.parent, pwd=file.parent)
        command = [str(self.python), "-u", str(_PYTHON_HOST), *arguments]
        child.run(
            [*command, "--dry-run", str(recording.run.preview).lower(), str(file)],
            folder=file.parent,
            environment={**_configuration(recording), **self.environment},
            recording=recording,
            timeout_seconds=self.timeout_seconds,
        )


@dataclass(frozen=True, kw_only=True)
class NodeProcess:
    """Runs a TypeScript or JavaScript program with the npm SDK of its own folder."""

    node: str = "node"
    root: Path | None = None
    """Folder of Pulumi.yaml; by default that of the program."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """In addition to this process's."""
    timeout_seconds: float = child.TIMEOUT_SECONDS

    def run(self, program: Program, recording: Recording) -> None:
        """Run a folder with a package.json, or a file.

        Raises:
            ProgramError: Node.js or the SDK is missing, the program failed, or took too long.
        """
        path = _file(program, "NodeProcess")
        folder, entry = (path, ".") if path.is_dir() else (path.parent, path.name)
        runner = next(
            (
                each / _NODE_RUNNER
                for each in [folder, *folder.parents]
                if (each / _NODE_RUNNER).exists()
            ),
            None,
        )
        if shutil.which(self.node) is None or runner is None:
            missing = f"@pulumi/pulumi in {folder}" if runner is None else self.node
            raise child.ProgramError(
                f"A Node.js program is recorded with Node.js and its own SDK, and {missing} is "
                "missing. Run `npm install` in the program's folder."
            )
        arguments = _arguments(recording, root=self.root or folder, pwd=folder)
        if recording.run.preview:
            arguments.append("--dry-run")
        child.run(
            [self.node, str(runner), *arguments, entry],
            folder=folder,
            environment={
                **_configuration(recording),
                "PULUMI_NODEJS_PROJECT": recording.run.project,
                "PULUMI_NODEJS_STACK": recording.run.stack,
                "PULUMI_NODEJS_DRY_RUN": str(recording.run.preview).lower(),
                "PULUMI_NODEJS_TYPESCRIPT": "true",
                # Checking the types of all of @pulumi/aws takes 40 s more; that is tsc's business.
                "PULUMI_NODEJS_TRANSPILE_ONLY": "true",
                **self.environment,
            },
            recording=recording,
            timeout_seconds=self.timeout_seconds,
        )


def _file(program: Program, host: str) -> Path:
    if not isinstance(program, Path):
        raise TypeError(f"{host} runs files; got {program!r}. A function runs in this process.")
    return program.resolve()


def _arguments(recording: Recording, *, root: Path, pwd: Path) -> list[str]:
    address = recording.address()
    given = {
        "monitor": address,
        "engine": address,
        "project": recording.run.project,
        "stack": recording.run.stack,
        "organization": ORGANIZATION,
        "root-directory": str(root.resolve()),
        "pwd": str(pwd),
        "parallel": str(PARALLEL),
    }
    return [word for key, value in given.items() for word in (f"--{key}", value)]


def _configuration(recording: Recording) -> dict[str, str]:
    """Return the configuration as every language host gets it."""
    return {
        "PULUMI_CONFIG": json.dumps(dict(recording.run.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(sorted(recording.run.secret_keys)),
    }
