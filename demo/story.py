"""What every system's demo is: a story told over HTTP, with an ending that is right or wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console


class StoryError(Exception):
    """A story could not be told to its end; the message says why, for people."""


@dataclass(frozen=True)
class Story:
    """The demo of one system.

    Attributes:
        system: its name, for people.
        export: the stack's export that holds its API's address; a stack may leave the system out.
        tell: takes the address, a token and where to print; returns whether all was as it should
            be, or raises StoryError.
        path: where a person may post `body` to try it by hand.
        body: JSON.
    """

    system: str
    export: str
    tell: Callable[[str, str, Console], bool]
    path: str
    body: str
