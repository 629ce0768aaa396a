"""Pulumi.yaml and Pulumi.<stack>.yaml: where they lie, and what of them is not supported here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml

_NAMES = ("Pulumi.yaml", "Pulumi.yml")


class ProjectFileError(ValueError):
    """A project file says something that cannot be done here; the message says what to do."""


def read_project(folder: Path) -> dict[str, Any]:
    """Return what Pulumi.yaml says.

    Raises:
        FileNotFoundError: there is none.
        ProjectFileError: it is no mapping with a name and a runtime.
    """
    for name in _NAMES:
        if (folder / name).is_file():
            project = _mapping(folder / name)
            for key in ("name", "runtime"):
                if key not in project:
                    raise ProjectFileError(f"{folder / name} has no `{key}:`; every project has.")
            return project
    raise FileNotFoundError(f"{folder.resolve()} has no Pulumi.yaml: not a Pulumi project.")


def stack_names(folder: Path, project: Mapping[str, Any] | None = None) -> list[str]:
    """Return the stacks that a project has files for, in order of their names."""
    place = _stack_folder(folder, project or read_project(folder))
    return sorted(
        file.name.removeprefix("Pulumi.").removesuffix(file.suffix)
        for pattern in ("Pulumi.*.yaml", "Pulumi.*.yml")
        for file in place.glob(pattern)
    )


def read_stack_file(folder: Path, project: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what the stack's file says; nothing for the only stack of a project without files.

    Raises:
        FileNotFoundError: the project has files for other stacks; the message lists them.
    """
    place = _stack_folder(folder, project)
    for suffix in (".yaml", ".yml"):
        if (place / f"Pulumi.{name}{suffix}").is_file():
            return _mapping(place / f"Pulumi.{name}{suffix}")
    if not (stacks := stack_names(folder, project)):
        return {}
    raise FileNotFoundError(
        f"There is no stack {name!r} here; there are {stacks}. A stack without settings of its own "
        f"has an empty file, {place / f'Pulumi.{name}.yaml'}."
    )


def check_environment(described: Mapping[str, Any], name: str, given: object) -> None:
    """Refuse a stack that imports environments which nobody gave.

    Raises:
        ProjectFileError: it does; the message says how to give them.
    """
    wanted = described.get("environment")
    if wanted and given is None:
        raise ProjectFileError(
            f"`environment: {wanted}` in Pulumi.{name}.yaml is of Pulumi ESC, which only Pulumi "
            "Cloud can open. Write what it gives into a file, `pulumi env open NAME > FILE`, and "
            "pass `--environment FILE`."
        )


def runtime(project: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the program's language and the options of its runtime."""
    described = project["runtime"]
    if isinstance(described, str):
        return described, {}
    entries = cast("dict[str, Any]", described)
    return str(entries["name"]), dict(entries.get("options") or {})


def packages(folder: Path, project: Mapping[str, Any]) -> dict[str, Path]:
    """Return where the project says that providers of component packages lie, by package."""
    found: dict[str, Path] = {}
    of_packages: dict[str, Any] = project.get("packages") or {}
    for name, described in of_packages.items():
        source = described if isinstance(described, str) else described.get("source", "")
        if (path := folder / str(source)).exists():
            found[name] = path
    plugins: dict[str, Any] = project.get("plugins") or {}
    providers: list[dict[str, str]] = plugins.get("providers") or []
    for each in providers:
        found[each["name"]] = folder / each["path"]
    return found


def _stack_folder(folder: Path, project: Mapping[str, Any]) -> Path:
    # `config: ./dir` is the old name of `stackConfigDir`.
    old = project.get("config")
    return folder / str(project.get("stackConfigDir") or (old if isinstance(old, str) else "."))


def _mapping(file: Path) -> dict[str, Any]:
    try:
        content: Any = yaml.safe_load(file.read_text())
    except yaml.YAMLError as error:
        raise ProjectFileError(f"{file} is no YAML: {error}") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ProjectFileError(f"{file} is {type(content).__name__}; it has to be a mapping.")
    return cast("dict[str, Any]", content)
