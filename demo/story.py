"""What every system's demo is: a story told over HTTP, with an ending that is right or wrong."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from rich.console import Console

from demo.board import Rows

Steps = Generator[None]
"""Work that waits: it hands over whenever there is nothing to do yet, so that the systems' work
runs side by side in one thread, and Ctrl-C ends all of it."""


class StoryError(Exception):
    """A story could not be told to its end; the message says why, for people."""


@dataclass(frozen=True)
class Story:
    """The demo of one system.

    `upload` and `ask` take the API's address and a token, and raise StoryError.

    Attributes:
        system: its name, for people.
        export: the stack's export that holds its API's address; a stack may leave the system out.
        what: what is uploaded, in the plural.
        columns: what the board shows of each, besides its name and status.
        upload: brings the samples there, shows on the board how far they are, and ends when all
            are as they should be.
        ask: asks and prints; returns whether every answer was right.
        example: what to put behind the address in a call of curl, to try it by hand.
    """

    system: str
    export: str
    what: str
    columns: tuple[str, ...]
    upload: Callable[[str, str, Rows], Steps]
    ask: Callable[[str, str, Console], bool]
    example: str
