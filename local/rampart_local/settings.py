"""The section `rampart:` of Pulumi.yaml: what a project wants of the laptop cloud.

Pulumi's CLI ignores sections that it does not know. Example:

    rampart:
      config:                          # in place of the stack's own values
        answerer: none
      services:
        postgres:                      # a stand-in, see local/rampart_local/standins/
          if_configured: database      # where the stack has a key that begins so; always without it
          config:                      # key of the program -> value of the stand-in
            databaseHost: host
            databasePort: port
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from rampart_local.project_files import ProjectFileError, read_project

_SECTION = "rampart"
_KEYS = {"config", "services"}
_SERVICE_KEYS = {"config", "if_configured"}


@dataclass(frozen=True, kw_only=True)
class Service:
    """A stand-in that a project wants."""

    keys: Mapping[str, str]
    """Full configuration key -> name of the stand-in's value."""
    if_configured: str = ""
    """Beginning of full keys, one of which the stack must have; always wanted if empty."""

    def needed(self, config: Mapping[str, str]) -> bool:
        """Tell whether a stack with this configuration uses it."""
        return any(key.startswith(self.if_configured) for key in config) or not self.if_configured

    def config(self, name: str, values: Mapping[str, str]) -> dict[str, str]:
        """Return the configuration that leads a program to it.

        Raises:
            ProjectFileError: the section asks for a value that the stand-in has not.
        """
        if unknown := sorted(set(self.keys.values()) - values.keys()):
            raise ProjectFileError(
                f"`rampart: services: {name}:` asks for {unknown}; it has {sorted(values)}."
            )
        return {key: values[value] for key, value in self.keys.items()}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a project's section says."""

    config: dict[str, str] = field(default_factory=dict[str, str])
    """Values by full key that take precedence over the stack's."""
    services: dict[str, Service] = field(default_factory=dict[str, Service])


def read_settings(folder: Path) -> Settings:
    """Read a project's section; without one nothing is wanted.

    Raises:
        ProjectFileError: it has a key that means nothing here.
    """
    project = read_project(folder)
    section = _mapping(project.get(_SECTION), f"`{_SECTION}:`", _KEYS)
    name = str(project["name"])
    services: dict[str, Service] = {}
    for each, described in _mapping(section.get("services"), "`rampart: services:`").items():
        where = f"`rampart: services: {each}:`"
        entries = _mapping(described, where, _SERVICE_KEYS)
        keys = _mapping(entries.get("config"), f"{where[:-1]} config:`")
        beginning = str(entries.get("if_configured") or "")
        services[each] = Service(
            keys={_full(name, key): str(value) for key, value in keys.items()},
            if_configured=_full(name, beginning) if beginning else "",
        )
    config = _mapping(section.get("config"), "`rampart: config:`")
    return Settings(
        config={_full(name, key): str(value) for key, value in config.items()}, services=services
    )


def _full(project: str, key: str) -> str:
    return key if ":" in key else f"{project}:{key}"


def _mapping(value: Any, where: str, allowed: set[str] | None = None) -> dict[str, Any]:  # noqa: ANN401  # any YAML
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ProjectFileError(f"{where} in Pulumi.yaml is {value!r}; it has to be a mapping.")
    entries = cast("dict[str, Any]", value)
    if allowed is not None and (unknown := sorted(entries.keys() - allowed)):
        raise ProjectFileError(f"{where} in Pulumi.yaml has {unknown}; it knows {sorted(allowed)}.")
    return entries
