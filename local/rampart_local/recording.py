"""Records the program of a project, whatever language it is in."""

import os
import sys
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulumi_rampart import packaging
from pulumi_rampart.packaging.builder import DESCRIBED_VARIABLE
from pulumi_rampart.testing import (
    Graph,
    InProcess,
    LanguageHost,
    NodeProcess,
    PythonProcess,
    record,
)
from rampart_local.stack import Stack

Host = InProcess | PythonProcess | NodeProcess | LanguageHost


class SealedConfigurationError(ValueError):
    """A program needs a value that is encrypted with a key that is not at hand."""


def record_stack(
    stack: Stack,
    *,
    preview: bool = False,
    config: Mapping[str, str] | None = None,
    stack_references: Mapping[str, Mapping[str, Any]] | None = None,
    opaque: Collection[str] = (),
) -> Graph:
    """Record a stack's graph without creating or building anything.

    Args:
        stack: as its files say.
        preview: leave everything unknown that only a deployment can know.
        config: values by full key that take precedence over the stack's.
        stack_references: outputs of other stacks, by the stacks' names.
        opaque: component packages that are recorded without what is inside their components.

    Raises:
        SealedConfigurationError: the program asks for a value that is encrypted.
        Exception: whatever the program raises.
    """
    given = dict(config or {})
    with _building_nothing():
        try:
            return record(
                stack.program,
                project=stack.project,
                stack=stack.name,
                config={**stack.config, **given},
                secret_keys=stack.secret_keys,
                preview=preview,
                stack_references=stack_references,
                plugins=stack.packages,
                opaque=opaque,
                host=host_of(stack),
            )
        except Exception as error:
            missing = [key for key in sorted(stack.sealed - given.keys()) if _asked(key, error)]
            if not missing:
                raise
            raise SealedConfigurationError(
                f"The program needs {missing}, which Pulumi.{stack.name}.yaml has encrypted. Set "
                "PULUMI_CONFIG_PASSPHRASE where the stack has a passphrase, or give a value: "
                f"--config {missing[0]}=VALUE."
            ) from error


def host_of(stack: Stack) -> Host:
    """Return what runs a stack's program.

    Python runs in this process, unless the project has a virtual environment of its own.
    """
    if stack.runtime == "python":
        python = _own_python(stack)
        if python is None:
            return InProcess(root=stack.folder, environment=stack.environment)
        return PythonProcess(python=python, root=stack.folder, environment=stack.environment)
    if stack.runtime == "nodejs":
        return NodeProcess(root=stack.folder, environment=stack.environment)
    return LanguageHost(
        runtime=stack.runtime,
        options=stack.options,
        root=stack.folder,
        environment=stack.environment,
    )


def _own_python(stack: Stack) -> Path | None:
    """Return the interpreter of a project's own environment, if it is not the one that runs us."""
    # The tool `uv` keeps its environment there, without being told.
    name = stack.options.get("virtualenv") or (
        ".venv" if stack.options.get("toolchain") == "uv" else None
    )
    if name is None:
        return None
    environment = stack.folder / str(name)
    for python in (environment / "bin" / "python", environment / "Scripts" / "python.exe"):
        if python.is_file() and environment.resolve() != Path(sys.prefix).resolve():
            return python
    return None


def _asked(key: str, error: Exception) -> bool:
    """Tell whether an error is about a configuration key, as the SDKs' messages name it."""
    return key in str(error)


@contextmanager
def _building_nothing() -> Generator[None]:
    """Let components describe their packages, here and in the processes that are started."""
    before = os.environ.get(DESCRIBED_VARIABLE)
    os.environ[DESCRIBED_VARIABLE] = "1"
    try:
        with packaging.using(packaging.described):
            yield
    finally:
        del os.environ[DESCRIBED_VARIABLE]
        if before is not None:
            os.environ[DESCRIBED_VARIABLE] = before
