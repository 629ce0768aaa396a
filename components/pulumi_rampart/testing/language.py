"""Hosts of programs in any language whose `pulumi-language-<runtime>` is installed."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from pulumi_rampart.testing.child import TIMEOUT_SECONDS, ProgramError
from pulumi_rampart.testing.recording import Recording
from pulumi_rampart.testing.run import ORGANIZATION, PARALLEL
from pulumi_rampart.testing.serving import Serving

Program = Path | Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class LanguageHost:
    """Runs a program by the language host that Pulumi's CLI installs: go, dotnet, java, yaml."""

    runtime: str
    """As `runtime:` of Pulumi.yaml names it."""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Of the runtime, as Pulumi.yaml has them."""
    root: Path | None = None
    """Folder of Pulumi.yaml; by default that of the program."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """In addition to this process's."""
    timeout_seconds: float = TIMEOUT_SECONDS

    def run(self, program: Path | Callable[[], object], recording: Recording) -> None:
        """Run a folder, or a file in its folder.

        Raises:
            ProgramError: the language host is not installed, the program failed, or took too long.
        """
        if not isinstance(program, Path):
            raise TypeError(f"A program of {self.runtime} is a file or a folder; got {program!r}.")
        name = f"pulumi-language-{self.runtime}"
        executable = shutil.which(name)
        if executable is None:
            raise ProgramError(
                f"Programs of the runtime {self.runtime!r} are recorded by {name}, which is not on "
                "PATH; Pulumi's CLI brings it. Python and Node.js programs need no CLI."
            )
        path = program.resolve()
        folder, entry = (path, ".") if path.is_dir() else (path.parent, path.name)
        address = recording.address()
        host = Serving([executable, address], folder, name, self.environment)
        try:
            self._run(host, folder, entry, recording)
        finally:
            for line in host.said:
                recording.engine.say("info", line, recording.run.root)
            host.stop()

    def _run(self, host: Serving, folder: Path, entry: str, recording: Recording) -> None:
        options = struct_pb2.Struct()
        options.update(dict(self.options))
        run, address = recording.run, recording.address()
        request = language_pb2.RunRequest(
            project=run.project,
            stack=run.stack,
            organization=ORGANIZATION,
            pwd=str(folder),
            program=entry,
            config=dict(run.config),
            configSecretKeys=sorted(run.secret_keys),
            dryRun=run.preview,
            parallel=PARALLEL,
            monitor_address=address,
            info=language_pb2.ProgramInfo(
                root_directory=str((self.root or folder).resolve()),
                program_directory=str(folder),
                entry_point=entry,
                options=options,
            ),
        )
        stub: Any = language_pb2_grpc.LanguageRuntimeStub(host.channel)
        try:
            answer = stub.Run(request, wait_for_ready=True, timeout=self.timeout_seconds)
        except grpc.RpcError as error:
            raise ProgramError(
                f"The {self.runtime} program in {folder} failed: {error.details()}. It printed "
                f"last: {host.last_said()}"
            ) from (recording.failure or error)
        errors = [one.message for one in recording.engine.lines if one.severity == "error"]
        if answer.error or answer.bail:
            reason = "\n".join([*errors, answer.error]).strip() or host.last_said()
            raise ProgramError(f"The {self.runtime} program in {folder} failed: {reason}") from (
                recording.failure
            )
