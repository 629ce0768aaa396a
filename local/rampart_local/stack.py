"""A Pulumi project's files, read as the CLI reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from rampart_local import project_files
from rampart_local.passphrase import Passphrase


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A stack's configuration, and where its program is."""

    project: str
    name: str
    folder: Path
    """Where Pulumi.yaml lies."""
    config: dict[str, str]
    """By full key, e.g. `aws:region`; what is not a plain value is JSON, as on the CLI.

    Encrypted values are absent unless the passphrase is known: whoever runs the stack here brings
    their own.
    """
    secret_keys: frozenset[str] = field(default_factory=frozenset[str])
    sealed: frozenset[str] = field(default_factory=frozenset[str])
    """Keys whose values are encrypted with a key that is not at hand."""
    main: str = "."
    """The program, relative to `folder`: a folder or a file."""
    runtime: str = "python"
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of the runtime, e.g. `virtualenv`."""
    packages: dict[str, Path] = field(default_factory=dict[str, Path])
    """Where providers of component packages lie, by package."""
    environment: dict[str, str] = field(default_factory=dict[str, str])
    """Variables that an environment of Pulumi ESC gives the program."""

    @property
    def program(self) -> Path:
        """The program's entry point: a Python file, or what the language's host takes."""
        path = self.folder / self.main
        return path / "__main__.py" if self.runtime == "python" and path.is_dir() else path


def read_stack(folder: Path, name: str, *, environment: Path | None = None) -> Stack:
    """Read Pulumi.yaml and Pulumi.<name>.yaml.

    Args:
        folder: where Pulumi.yaml lies.
        name: of the stack.
        environment: what `pulumi env open` wrote for the stack's `environment:`.

    Raises:
        FileNotFoundError: one of them is missing; the message lists the stacks there are.
        ProjectFileError: they say something that cannot be done here.
    """
    project = project_files.read_project(folder)
    described = project_files.read_stack_file(folder, project, name)
    project_files.check_environment(described, name, environment)
    opened: dict[str, Any] = yaml.safe_load(environment.read_text()) if environment else {}
    variables: dict[str, Any] = opened.get("environmentVariables") or {}
    values = _Values(str(project["name"]), Passphrase.of(described))
    values.add_declared(project.get("config"))
    values.add(opened.get("pulumiConfig"))
    values.add(described.get("config"))
    runtime, options = project_files.runtime(project)
    return Stack(
        project=str(project["name"]),
        name=name,
        folder=folder.resolve(),
        config=values.plain,
        secret_keys=frozenset(values.secret),
        sealed=frozenset(values.secret - values.plain.keys()),
        main=str(project.get("main") or "."),
        runtime=runtime,
        options=options,
        packages=project_files.packages(folder.resolve(), project),
        environment={key: str(value) for key, value in variables.items()},
    )


class _Values:
    """Configuration values by full key, later ones in place of earlier ones."""

    def __init__(self, project: str, passphrase: Passphrase | None) -> None:
        self._project, self._passphrase = project, passphrase
        self.plain: dict[str, str] = {}
        self.secret: set[str] = set()

    def add_declared(self, declared: object) -> None:
        """Add the values that Pulumi.yaml itself gives to configuration keys."""
        if not isinstance(declared, Mapping):  # a text is the folder of the stacks' files
            return
        for key, each in cast("Mapping[str, Any]", declared).items():
            described = cast("dict[str, Any]", each if isinstance(each, dict) else {"value": each})
            for word in ("default", "value"):
                if word in described:
                    self.add({key: described[word]}, secret=bool(described.get("secret")))

    def add(self, values: object, *, secret: bool = False) -> None:
        """Add values of a stack's file."""
        for key, value in cast("Mapping[str, Any]", values or {}).items():
            full = key if ":" in key else f"{self._project}:{key}"
            self.plain.pop(full, None)
            self.secret.discard(full)
            if secret or _is_sealed(value):
                self.secret.add(full)
            if not _is_sealed(value):
                self.plain[full] = _text(value)
            elif self._passphrase:
                self.plain[full] = _text(_unsealed(value, self._passphrase))


def _is_sealed(value: Any) -> bool:  # noqa: ANN401  # any YAML
    """Tell whether a value, or a part of it, is encrypted with the stack's own key."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return entries.keys() == {"secure"} or any(map(_is_sealed, entries.values()))
    return isinstance(value, list) and any(map(_is_sealed, cast("list[Any]", value)))


def _unsealed(value: Any, passphrase: Passphrase) -> Any:  # noqa: ANN401  # any YAML
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        if entries.keys() == {"secure"}:
            return passphrase.open(str(entries["secure"]))
        return {key: _unsealed(each, passphrase) for key, each in entries.items()}
    if isinstance(value, list):
        return [_unsealed(each, passphrase) for each in cast("list[Any]", value)]
    return value


def _text(value: Any) -> str:  # noqa: ANN401  # any YAML
    return json.dumps(value) if isinstance(value, bool | dict | list) else str(value)
