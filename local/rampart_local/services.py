"""The services besides AWS that a stack's functions reach, started here in their place."""

from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from rampart_local.project_files import ProjectFileError
from rampart_local.settings import Settings
from rampart_local.stack import Stack


class Standin(Protocol):
    """A server on this machine that keeps what it must in a folder of its own."""

    def __init__(self, folder: Path) -> None: ...

    def start(self) -> None:
        """Serve; return when it answers."""
        ...

    def stop(self) -> None:
        """Keep what must be kept and end."""
        ...

    def values(self) -> Mapping[str, str]:
        """Return what leads a program here, by the names that a project's section uses."""
        ...


# By path: their imports cost half a second, and not every stack needs them.
_STANDINS = {
    "neo4j": "rampart_local.standins.bolt:BoltServer",
    "payments": "rampart_local.standins.payments:PaymentStandin",
    "pinecone": "rampart_local.standins.pinecone:PineconeStandin",
    "postgres": "rampart_local.standins.postgres:Postgres",
}
_FOLDERS = {"postgres": "database"}
"""Where an earlier version kept what a stand-in keeps, if not under its name."""


@contextmanager
def started(
    stack: Stack, settings: Settings, folder: Path, say: Callable[[str], None]
) -> Generator[dict[str, str]]:
    """Start the stand-ins that a stack needs, side by side; yields their configuration.

    Raises:
        ProjectFileError: the project names a stand-in, or a value of one, that there is not.
    """
    needed = {
        name: wanted for name, wanted in settings.services.items() if wanted.needed(stack.config)
    }
    if unknown := sorted(needed.keys() - _STANDINS):
        raise ProjectFileError(
            f"`rampart: services:` names {unknown}; there are stand-ins for {sorted(_STANDINS)}."
        )
    standins = {name: _standin(name, folder / _FOLDERS.get(name, name)) for name in needed}
    with ExitStack() as running:
        for standin in standins.values():
            running.callback(standin.stop)
        with ThreadPoolExecutor(max(1, len(standins))) as pool:
            list(pool.map(_start, standins.values()))
        if needed:
            say(f"Stand-ins run for {' and '.join(needed)}.")
        yield {
            key: value
            for name, standin in standins.items()
            for key, value in needed[name].config(name, standin.values()).items()
        }


def _standin(name: str, folder: Path) -> Standin:
    module, _, attribute = _STANDINS[name].partition(":")
    return cast("type[Standin]", getattr(import_module(module), attribute))(folder)


def _start(standin: Standin) -> None:
    standin.start()
