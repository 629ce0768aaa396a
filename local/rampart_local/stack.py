"""A Pulumi project's files, read as the CLI reads them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A stack's configuration."""

    project: str
    name: str
    folder: Path
    """Where Pulumi.yaml lies."""
    config: dict[str, str]
    """By full key, e.g. `aws:region`; what is not a plain value is JSON, as on the CLI.

    Encrypted values are absent: whoever runs the stack here brings their own.
    """
    secret_keys: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def program(self) -> Path:
        """The program's entry point."""
        return self.folder / "__main__.py"


def read_stack(folder: Path, name: str) -> Stack:
    """Read Pulumi.yaml and Pulumi.<name>.yaml.

    Raises:
        FileNotFoundError: one of them is missing; the message lists the stacks there are.
    """
    project_file, stack_file = folder / "Pulumi.yaml", folder / f"Pulumi.{name}.yaml"
    if not project_file.exists():
        raise FileNotFoundError(f"{folder.resolve()} has no Pulumi.yaml: not a Pulumi project.")
    if not stack_file.exists():
        stacks = sorted(each.name.split(".")[1] for each in folder.glob("Pulumi.*.yaml"))
        raise FileNotFoundError(f"There is no stack {name!r} here; there are {stacks}.")
    project: dict[str, Any] = yaml.safe_load(project_file.read_text())
    described: dict[str, Any] = yaml.safe_load(stack_file.read_text()) or {}
    config: dict[str, str] = {}
    secrets: set[str] = set()
    given: dict[str, Any] = described.get("config") or {}
    for key, value in {**_defaults(project), **given}.items():
        full = key if ":" in key else f"{project['name']}:{key}"
        if _is_encrypted(value):
            secrets.add(full)
        else:
            config[full] = _plain(value)
    return Stack(
        project=project["name"],
        name=name,
        folder=folder.resolve(),
        config=config,
        secret_keys=frozenset(secrets),
    )


def _defaults(project: dict[str, Any]) -> dict[str, Any]:
    """Return the values that Pulumi.yaml itself gives to configuration keys."""
    defaults: dict[str, Any] = {}
    declared: dict[str, Any] = project.get("config") or {}
    for key, each in declared.items():
        described = cast("dict[str, Any]", each if isinstance(each, dict) else {"value": each})
        for word in ("default", "value"):
            if word in described:
                defaults[key] = described[word]
    return defaults


def _is_encrypted(value: Any) -> bool:  # noqa: ANN401  # any YAML
    """Tell whether a value is sealed with the stack's own key, which a laptop does not have."""
    return isinstance(value, dict) and cast("dict[str, Any]", value).keys() == {"secure"}


def _plain(value: Any) -> str:  # noqa: ANN401  # any YAML
    return json.dumps(value) if isinstance(value, bool | dict | list) else str(value)
