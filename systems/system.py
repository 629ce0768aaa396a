"""What every system is: functions of one folder of `runtime/`, and what they are reached by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

import pulumi
from pulumi import Input, Output

from pulumi_rampart import Boundary, Permission, Route, ZipLambda
from systems.api import ApiSettings, rest_api
from systems.destinations import Destination
from systems.identity import Identity
from systems.libraries import Libraries
from systems.library_settings import LibrarySettings


@dataclass(frozen=True)
class Shared:
    """What the systems of a stack have in common."""

    boundary: Boundary
    api: ApiSettings
    identity: Identity
    libraries: Libraries


class System(pulumi.ComponentResource):
    """Base of a system. Its constructor reads as a table of contents and ends with `_serve`."""

    code: ClassVar[str]
    """Where its functions are: `runtime/knowledge`."""
    include: ClassVar[tuple[str, ...]] = ("runtime/shared",)
    """Other folders that its functions import."""

    api_url: Output[str]
    """Where the API answers."""

    def __init__(self, name: str, shared: Shared) -> None:
        super().__init__(f"rampart:systems:{type(self).__name__}", name, None, None)
        self._name, self._shared, self._boundary = name, shared, shared.boundary
        self._child = pulumi.ResourceOptions(parent=self)

    @property
    def exports(self) -> dict[str, Output[str]]:
        """What the stack exports, each under the system's name: `knowledge_api_url`."""
        return {"api_url": self.api_url}

    def _function(
        self,
        folder: str,
        description: str,
        permissions: list[Permission],
        environment: dict[str, Input[str]],
        *,
        timeout_seconds: int,
        memory_mib: int = 512,
        egress: bool = False,
    ) -> ZipLambda:
        """Make a function from its folder below `code`.

        None reserves concurrency: requests are limited by the API, queues by their mappings, and
        what is reserved here is taken from all others, which a new account cannot spare.
        """
        return ZipLambda(
            f"{self._name}-{folder.replace('_', '-')}",
            {
                "boundary": self._boundary,
                "description": description,
                "source": f"{self.code}/{folder}",
                "include": list(self.include),
                "permissions": permissions,
                "environment": environment,
                "timeout_seconds": timeout_seconds,
                "memory_mib": memory_mib,
                "egress": egress,
            },
            self._child,
        )

    def _serve(self, description: str, routes: list[Route]) -> None:
        """Put the API in front of the functions; the system is complete then."""
        api = rest_api(
            f"{self._name}-api",
            self._boundary,
            self._shared.api,
            description=description,
            authorizer=self._shared.identity.authorizer,
            routes=routes,
            opts=self._child,
        )
        self.api_url = api.url
        self.register_outputs({"apiUrl": self.api_url})


class SystemSettings(Protocol):
    """What all settings of systems have."""

    @property
    def destinations(self) -> Sequence[Destination]:
        """Hosts outside AWS that its functions and libraries call."""
        ...


Settings = TypeVar("Settings", bound=SystemSettings)


@dataclass(frozen=True)
class Chosen:
    """A system of this stack, with its configuration read."""

    destinations: Sequence[Destination]
    make: Callable[[str, Shared], System]


Row = Callable[[pulumi.Config, LibrarySettings], Chosen]
"""Reads the configuration of a system; of `systems.table`."""


def row(
    read: Callable[[pulumi.Config, LibrarySettings], Settings],
    component: Callable[[str, Shared, Settings], System],
) -> Row:
    """Return a row of the table: how a system reads its settings, and the component itself."""

    def choose(config: pulumi.Config, libraries: LibrarySettings) -> Chosen:
        settings = read(config, libraries)
        return Chosen(settings.destinations, lambda name, shared: component(name, shared, settings))

    return choose
