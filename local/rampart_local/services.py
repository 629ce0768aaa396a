"""The services besides AWS that a stack's functions reach, started here in their place."""

from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

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

    def config(self) -> Mapping[str, str]:
        """Return the configuration that leads a program here, by full key."""
        ...


# The configuration speaks of a service when a key begins with its name: `rampart:neo4jUri`.
# By path: their imports cost half a second, and not every stack needs them.
_STANDINS = {
    "database": "rampart_local.standins.postgres:Postgres",
    "neo4j": "rampart_local.standins.bolt:BoltServer",
    "pinecone": "rampart_local.standins.pinecone:PineconeStandin",
}


@contextmanager
def started(stack: Stack, folder: Path, say: Callable[[str], None]) -> Generator[dict[str, str]]:
    """Start the stand-ins that a stack needs, side by side; yields their configuration."""
    needed = [
        name for name in _STANDINS if any(k.startswith(f"rampart:{name}") for k in stack.config)
    ]
    standins = [_standin(name, folder / name) for name in needed]
    with ExitStack() as running:
        for standin in standins:
            running.callback(standin.stop)
        with ThreadPoolExecutor(max(1, len(standins))) as pool:
            list(pool.map(_start, standins))
        if needed:
            say(f"Stand-ins run for {' and '.join(needed)}.")
        yield {key: value for standin in standins for key, value in standin.config().items()}


def _standin(name: str, folder: Path) -> Standin:
    module, _, attribute = _STANDINS[name].partition(":")
    return cast("type[Standin]", getattr(import_module(module), attribute))(folder)


def _start(standin: Standin) -> None:
    standin.start()
