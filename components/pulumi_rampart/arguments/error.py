"""What is wrong with the arguments of a component: what was got, what is allowed, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where an argument stands: `("senders", 0, "service")` for `senders[0].service`."""


@dataclass(frozen=True)
class Problem:
    """One argument that the service, or the component, refuses."""

    path: Path
    """Keys as Python writes them; empty for the component as a whole."""
    text: str
    """What is allowed and what to do. Names of arguments stand in backticks."""
    got: str = ""
    """The value as a reader of the program would write it; empty where it says nothing."""

    def __str__(self) -> str:
        place = written(self.path)
        return f"{place}={self.got}: {self.text}" if self.got else f"{place}: {self.text}"


class ArgumentError(ValueError):
    """The arguments of a component are not usable; lists everything that is wrong with them.

    Programs in other languages get the same problems as input property errors, with the names of
    their language.
    """

    def __init__(self, component: str, problems: Iterable[Problem]) -> None:
        self.component = component
        """Logical name of the component."""
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{component}{one}" for one in self.problems))


def refused(component: str, path: str, text: str, *, got: object = None) -> ArgumentError:
    """Return the error of one argument, for relations that a single value cannot show.

    Args:
        component: logical name of the component.
        path: the argument's name; empty for the component as a whole.
        text: what is allowed and what to do.
        got: the value, if showing it helps.
    """
    shown = "" if got is None else repr(got)
    return ArgumentError(component, [Problem((path,) if path else (), text, shown)])


def written(path: Path) -> str:
    """Write a path after the component's name: `.senders[0].service`."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
