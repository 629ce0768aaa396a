"""How the demo looks in a terminal; elsewhere the same is told line by line, without movement."""

from collections.abc import Sequence
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from demo.client import Answer, Citation, Document

_WAITING = "waiting"
_FINISHED = {"ready": ("✓", "green"), "failed": ("✗", "red")}


class Progress:
    """A table of documents that moves while they are processed; use it in a `with` block."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: dict[str, tuple[Document | None, str]] = {}
        self._turning = Spinner("dots")
        self._live = Live(console=console, get_renderable=self._table, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, filename: str, document: Document | None, note: str = "") -> None:
        """Show how far a file is; None before the API knows it."""
        before = self._rows.get(filename)
        self._rows[filename] = (document, note)
        if not self._console.is_terminal and _status(before) != _status(self._rows[filename]):
            self._console.print(f"{filename}: {_status(self._rows[filename])}", highlight=False)

    def _table(self) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("")
        table.add_column("document", no_wrap=True)
        table.add_column("status")
        table.add_column("pages", justify="right")
        table.add_column("chunks", justify="right")
        table.add_column("")
        for filename, row in self._rows.items():
            document, note = row
            mark, colour = _FINISHED.get(_status(row), ("", "yellow"))
            table.add_row(
                Text(mark, style=colour) if mark else self._turning,
                filename,
                Text(_status(row), style=colour),
                _number(document and document.pages),
                _number(document and document.chunk_count),
                Text((document and document.reason) or note, style="dim"),
            )
        return table


def answered(question: str, answer: Answer, faults: Sequence[str], seconds: float) -> Panel:
    """Show one question with its answer, its citations and what is wrong with it."""
    parts: list[RenderableType] = [Text(answer.answer), Text()]
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        parts.append(Text.assemble(("→ ", "cyan"), (_place(citation), "bold cyan")))
        parts.append(Padding(Text(f"“{quote}”", style="italic"), (0, 0, 0, 2)))
    parts += [Text(f"✗ {fault}", style="bold red") for fault in faults]
    if answer.degraded:
        parts.append(Text(f"\ndegraded: {answer.degraded_reason}", style="dim"))
    return Panel(
        Group(*parts),
        title=Text(question, style="bold"),
        title_align="left",
        subtitle=Text(f"{answer.provider} {answer.model}, {seconds:.1f} s", style="dim"),
        subtitle_align="right",
        border_style="red" if faults else "green",
        padding=(1, 2),
    )


def _place(citation: Citation) -> str:
    page = [f"page {citation.page}"] if citation.page else []
    return ", ".join([citation.filename, *page, *citation.headings[-1:]])


def _status(row: tuple[Document | None, str] | None) -> str:
    return row[0].status if row and row[0] else _WAITING


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
