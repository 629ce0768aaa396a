"""What every system's demo is: a story told over HTTP, with an ending that is right or wrong."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from rich.console import Console

from demo.board import Rows
from rampart_local.deploy import Deployment

Steps = Generator[None]
"""Work that waits: it hands over whenever there is nothing to do yet, so that the systems' work
runs side by side in one thread, and Ctrl-C ends all of it."""


@dataclass(frozen=True)
class Place:
    """Where a story is told."""

    api_url: str
    """Of the system's API."""
    token: str
    """Of a user of the tenant."""
    cloud: Deployment
    """The laptop, as its operator sees it."""


class StoryError(Exception):
    """A story could not be told to its end; the message says why, for people."""


@dataclass(frozen=True)
class Story:
    """The demo of one system.

    `upload` and `ask` raise StoryError.

    Attributes:
        system: its name, for people.
        export: the stack's export that holds its API's address; a stack may leave the system out.
        what: what is uploaded, in the plural.
        columns: what the board shows of each, besides its name and status.
        upload: brings the samples there, shows on the board how far they are, and ends when all
            are as they should be.
        ask: asks and prints; returns whether every answer was right.
        asked: what `ask` shows, as a headline.
        example: what to put behind the address in a call of curl, to try it by hand.
    """

    system: str
    export: str
    what: str
    columns: tuple[str, ...]
    upload: Callable[[Place, Rows], Steps]
    ask: Callable[[Place, Console], bool]
    example: str
    asked: str = "questions"
