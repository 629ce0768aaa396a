"""A board that shows how far everything is; where nothing can move, the same is told by lines."""

from collections.abc import Sequence
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

WAITING = "waiting"
_FINISHED = {"ready": ("✓", "green"), "failed": ("✗", "red")}


class Rows:
    """The part of the board that is about one system."""

    def __init__(self, console: Console, what: str, columns: Sequence[str]) -> None:
        self._console, self._what, self._columns = console, what, columns
        self._rows: dict[str, tuple[str, Sequence[str | int | None], str]] = {}
        self._turning = Spinner("dots")

    def show(
        self,
        name: str,
        status: str = WAITING,
        values: Sequence[str | int | None] = (),
        note: str | None = None,
    ) -> None:
        """Show how far a sample is, by what fills its columns, and with a note."""
        before = self._rows.get(name, ("",))[0]
        self._rows[name] = (status, values, note or "")
        if not self._console.is_terminal and before != status:
            self._console.print(f"{name}: {status}", highlight=False)

    def table(self) -> Table:
        """Return all rows as they are now."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("")
        table.add_column(self._what, no_wrap=True)
        table.add_column("status")
        for column in self._columns:
            table.add_column(column, justify="right")
        table.add_column("")
        # A copy: the board moves in a thread of its own.
        for name, (status, values, note) in list(self._rows.items()):
            mark, colour = _FINISHED.get(status, ("", "yellow"))
            padded = [*values, *[None] * len(self._columns)][: len(self._columns)]
            table.add_row(
                Text(mark, style=colour) if mark else self._turning,
                name,
                Text(status, style=colour),
                *("" if value is None else str(value) for value in padded),
                Text(note, style="dim"),
            )
        return table


class Board:
    """All systems, one below the other; use it in a `with` block."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._parts: list[Rows] = []
        self._live = Live(console=console, get_renderable=self._group, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()
        if not self._console.is_terminal:
            self._console.line()  # Live ends the last line on terminals only

    def add(self, what: str, columns: Sequence[str]) -> Rows:
        """Make room for a system's samples."""
        self._parts.append(Rows(self._console, what, columns))
        return self._parts[-1]

    def _group(self) -> Group:
        return Group(*(part.table() for part in list(self._parts)))
