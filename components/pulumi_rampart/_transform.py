"""The escape hatch: a function that edits one child's arguments after our defaults."""

from collections.abc import Callable
from typing import TypeVar

Args = TypeVar("Args")

Transform = Callable[[Args], object]
"""Takes the child's typed arguments and changes them in place; what it returns is ignored."""


def unchanged(_args: object) -> None:
    """Leave the defaults."""
